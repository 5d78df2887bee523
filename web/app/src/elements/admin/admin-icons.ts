// Icons of the pages that bring data in and out: 16 px line drawings that inherit the text's colour.

import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

const icon = (drawing: SVGTemplateResult): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">${drawing}</svg>`;

export const dropIcon = icon(svg`<path d="M8 2v7.5M4.8 6.5 8 9.7l3.2-3.2M2 10.5v2.2c0 .7.6 1.3 1.3 1.3h9.4c.7 0 1.3-.6 1.3-1.3v-2.2" />`);
export const fileIcon = icon(svg`<path d="M9.5 1.5h-5v13h8v-10zM9.5 1.5v3h3" />`);
export const doneIcon = icon(svg`<path d="M2.5 8.5 6.5 12.5 13.5 4" />`);
export const stopIcon = icon(svg`<path d="M5.2 1.5h5.6l3.7 3.7v5.6l-3.7 3.7H5.2l-3.7-3.7V5.2zM8 4.6v4M8 11v.1" />`);
export const askIcon = icon(svg`<path d="M5.2 5.6a2.9 2.9 0 1 1 4.5 2.4c-1 .7-1.7 1.2-1.7 2.3M8 13v.1" />`);
export const downloadIcon = icon(svg`<path d="M8 2v8M5 7.2l3 3 3-3M3 13.5h10" />`);
