// Icons: 16 px line drawings that inherit the text's colour.

import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

const icon = (drawing: SVGTemplateResult): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">${drawing}</svg>`;

export const plusIcon = icon(svg`<path d="M8 3v10M3 8h10" />`);
export const minusIcon = icon(svg`<path d="M3 8h10" />`);
export const wholeIcon = icon(svg`<path d="M6 2H2v4M10 2h4v4M6 14H2v-4M10 14h4v-4" />`);
/** A needle that points north on a map turned by so many degrees; its northern half is filled. */
export const compassIcon = (bearing: number): TemplateResult =>
  icon(svg`<g transform="rotate(${-bearing} 8 8)" stroke-width="1.1">
    <path d="M8 .8 11.6 8H4.4z" fill="currentColor" /><path d="M4.4 8h7.2L8 15.2z" />
  </g>`);
export const closeIcon = icon(svg`<path d="M4 4l8 8M12 4l-8 8" />`);
export const previousIcon = icon(svg`<path d="M10 3 5 8l5 5" />`);
export const nextIcon = icon(svg`<path d="M6 3l5 5-5 5" />`);
export const searchIcon = icon(svg`<circle cx="7" cy="7" r="4" /><path d="M10 10l3.5 3.5" />`);
export const targetIcon = icon(svg`<circle cx="8" cy="8" r="4.5" /><path d="M8 1.5v3M8 11.5v3M1.5 8h3M11.5 8h3" />`);
export const helpIcon = icon(
  svg`<circle cx="8" cy="8" r="6" /><path d="M6.2 6.3a1.8 1.8 0 1 1 2.6 1.6c-.5.3-.8.6-.8 1.2M8 11.4v.1" />`,
);
export const brokenIcon = icon(
  svg`<path d="M8 1.8 15 14H1z" /><path d="M8 6.2v3.4M8 11.7v.1" />`,
);
export const sunIcon = icon(
  svg`<circle cx="8" cy="8" r="2.75" /><path d="M8 1.5v1.5M8 13v1.5M1.5 8H3M13 8h1.5M3.4 3.4l1 1M11.6 11.6l1 1M3.4 12.6l1-1M11.6 4.4l1-1" />`,
);
export const moonIcon = icon(svg`<path d="M13 9.6A5.6 5.6 0 0 1 6.4 3 5.6 5.6 0 1 0 13 9.6z" />`);
export const systemIcon = icon(svg`<circle cx="8" cy="8" r="5.5" /><path d="M8 2.5a5.5 5.5 0 0 1 0 11z" fill="currentColor" />`);
