// Whose address it is: what belongs to a source's site, and which setting names a source's address.

/** Whether a host is the site or below it. */
export function isWithinSite(host: string, site: string): boolean {
  return host === site || host.endsWith(`.${site}`);
}

/** The variable that names another address of a source's document: `DRAWBELL_IRCC_URL`. */
export function addressVariable(source: string, which = ''): string {
  return `DRAWBELL_${source.toUpperCase().replaceAll('-', '_')}_${which}URL`;
}
