/** The element of the page with an id; index.html has all that are asked for. */
export function find<T extends HTMLElement = HTMLElement>(id: string): T {
  return document.getElementById(id) as T;
}
