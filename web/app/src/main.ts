// Where the pages begin.

import { liveAddress, server } from './api/client.ts';
import { showPage } from './router.ts';
import { Store } from './store/store.ts';
import { browserWorld } from './store/stream.ts';

const store = new Store(server, browserWorld(liveAddress));
void showPage(location.pathname, store, document.body);
