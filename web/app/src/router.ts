// Which page an address shows.

import './pages/district-page.ts';
import type { Store } from './store/store.ts';
import type { StoreElement } from './elements/store-element.ts';

/** Pages by path: the element's name and how to fetch it; the first comes with the script, and is shown for any other path. */
const PAGES: readonly { path: string; element: string; load: () => Promise<unknown> }[] = [
  { path: '/', element: 'district-page', load: () => Promise.resolve() },
  { path: '/admin', element: 'admin-page', load: () => import('./pages/admin-page.ts') },
  { path: '/admin/import', element: 'import-page', load: () => import('./pages/import-page.ts') },
];

/** Puts the page of an address into the document. */
export async function showPage(path: string, store: Store, into: HTMLElement): Promise<void> {
  const page = PAGES.find((each) => each.path === path) ?? PAGES[0];
  if (page === undefined) return;
  await page.load();
  const element = document.createElement(page.element) as StoreElement;
  element.store = store;
  into.replaceChildren(element);
}
