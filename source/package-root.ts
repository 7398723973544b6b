/** The folder of the package, in which package.json, schema/ and sample/ are: the one above the source as above what is built of it. */
export const packageRoot: URL = new URL('..', import.meta.url);
