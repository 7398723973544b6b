import {
	binary,
	json,
	license,
	ordersSource,
	routesSource,
	rows,
	serverSource,
	stylesheet,
} from './contents.ts';
import type { SampleEntry } from './tar.ts';

const dependencies = {
	'http-verbs': '2.1.0',
	'pg-lines': '5.0.3',
	'order-ids': '1.2.0',
	'tiny-log': '3.4.1',
};

const manifest = json({
	name: 'orders',
	version: '1.8.2',
	type: 'module',
	main: 'dist/server.js',
	dependencies,
});
const lockfile = json({
	name: 'orders',
	lockfileVersion: 3,
	packages: Object.fromEntries(
		Object.entries(dependencies).map(([name, version]) => [
			`node_modules/${name}`,
			{ version, license: 'MIT' },
		]),
	),
});

const manifests: readonly SampleEntry[] = [
	{ type: 'file', path: 'srv/orders/package-lock.json', content: lockfile },
	{ type: 'file', path: 'srv/orders/package.json', content: manifest },
];

export const workingDirectory: readonly SampleEntry[] = [{ type: 'directory', path: 'srv/orders' }];

/** The manifests, and with them a token that has no business in an image. */
export const manifestsAndToken: readonly SampleEntry[] = [
	...manifests,
	{
		type: 'file',
		path: 'srv/orders/.npmrc',
		content:
			'# A made-up token, to show what a later layer cannot take back.\n_authToken=orders-9f3kq72xw8z1v5bt\n',
		mode: 0o600,
	},
];

const nodeModules: readonly SampleEntry[] = Object.entries(dependencies).flatMap(([name, version]) => [
	{ type: 'file', path: `srv/orders/node_modules/${name}/LICENSE`, content: license },
	{
		type: 'file',
		path: `srv/orders/node_modules/${name}/README.md`,
		content: `# ${name}\n\nSee lib/ for the source.\n`,
	},
	{
		type: 'file',
		path: `srv/orders/node_modules/${name}/index.js`,
		content: `export * from './lib/main.js';\n`,
	},
	{
		type: 'file',
		path: `srv/orders/node_modules/${name}/lib/main.js`,
		content: rows(
			8 * name.length,
			(row) => `export const ${name.replace('-', '_')}_${row} = (value) => value ?? ${row};`,
		),
	},
	{
		type: 'file',
		path: `srv/orders/node_modules/${name}/package.json`,
		content: json({ name, version, license: 'MIT' }),
	},
]);

/** The dependencies, with a compile cache. The token is deleted here, and stays in the layer below. */
export const dependenciesInstalled: readonly SampleEntry[] = [
	...nodeModules,
	{ type: 'file', path: 'srv/orders/.wh..npmrc', content: '' },
	{
		type: 'file',
		path: 'srv/orders/node_modules/.cache/compile/0a91.bin',
		content: binary('cache 1', 7_168),
	},
	{
		type: 'file',
		path: 'srv/orders/node_modules/.cache/compile/7be4.bin',
		content: binary('cache 2', 2_560),
	},
	{ type: 'file', path: 'srv/orders/node_modules/.package-lock.json', content: lockfile },
];

const sources: readonly SampleEntry[] = [
	{
		type: 'file',
		path: 'srv/orders/README.md',
		content: '# orders\n\nTakes orders over HTTP and keeps them.\n',
	},
	{
		type: 'file',
		path: 'srv/orders/config/default.json',
		content: json({ port: 8080, database: { pool: 4 } }),
	},
	{ type: 'file', path: 'srv/orders/src/orders.ts', content: ordersSource },
	{ type: 'file', path: 'srv/orders/src/routes.ts', content: routesSource },
	{ type: 'file', path: 'srv/orders/src/server.ts', content: serverSource },
];

const logo: SampleEntry = {
	type: 'file',
	path: 'srv/orders/public/logo.png',
	content: binary('logo', 4_096),
};

/** `COPY . .`: the sources, and once more the manifests, byte for byte as they were. */
export const sourcesCopied: readonly SampleEntry[] = [
	...manifests,
	...sources,
	logo,
	{
		type: 'file',
		path: 'srv/orders/public/draft.html',
		content: '<!doctype html><title>Orders, a draft</title>\n',
	},
	{ type: 'file', path: 'srv/orders/public/index.html', content: '<!doctype html><title>Orders</title>\n' },
	{ type: 'file', path: 'srv/orders/public/style.css', content: stylesheet },
];

const compiled: readonly SampleEntry[] = [
	{ type: 'file', path: 'srv/orders/dist/migrate.js', content: rows(30, (row) => `await migrate(${row});`) },
	{ type: 'file', path: 'srv/orders/dist/orders.js', content: ordersSource },
	{ type: 'file', path: 'srv/orders/dist/routes.js', content: routesSource.replaceAll('.ts', '.js') },
	{ type: 'file', path: 'srv/orders/dist/server.js', content: serverSource.replaceAll('.ts', '.js') },
];

const publicBuilt: readonly SampleEntry[] = [
	logo,
	{
		type: 'file',
		path: 'srv/orders/public/index.html',
		content: '<!doctype html><title>Orders</title><link rel="stylesheet" href="style.5d1c.css">\n',
	},
	{ type: 'file', path: 'srv/orders/public/style.5d1c.css', content: stylesheet },
];

const productionConfig: SampleEntry = {
	type: 'file',
	path: 'srv/orders/config/default.json',
	content: json({ port: 8080, database: { pool: 16 }, log: 'info' }),
};

/** The build deletes `public` and makes it anew, which an overlay file system records as an opaque folder. */
export const built: readonly SampleEntry[] = [
	...compiled,
	productionConfig,
	{ type: 'file', path: 'srv/orders/public/.wh..wh..opq', content: '' },
	...publicBuilt,
];

const catalogue = (edition: string): SampleEntry => ({
	type: 'file',
	path: 'srv/orders/assets/catalogue.csv',
	content: rows(60, (row) => `${edition},article ${row},${(row * 37) % 500}.00`),
});

const depots: SampleEntry = {
	type: 'file',
	path: 'srv/orders/assets/depots.csv',
	content: rows(20, (row) => `depot ${row},${row * 3} bays`),
};

/** A tar that was appended to: `catalogue.csv` is in it twice, and only the last one counts. */
export const assetsAppended: readonly SampleEntry[] = [catalogue('spring'), depots, catalogue('autumn')];

/** `chown -R`: everything in the folder is shipped again for the sake of its owner. */
export const ownerChanged: readonly SampleEntry[] = ownedByNode([
	...manifests,
	...nodeModules,
	...dependenciesInstalled.filter(({ path }) => path.includes('/node_modules/.')),
	...sources.filter(({ path }) => path !== productionConfig.path),
	...compiled,
	...publicBuilt,
	productionConfig,
	catalogue('autumn'),
	depots,
]);

/** The compile cache goes as a whole folder, too late as well; the entrypoint becomes executable. */
export const cleanedUp = (entrypoint: SampleEntry): readonly SampleEntry[] => [
	{ type: 'directory', path: 'srv/orders', uid: 1000, gid: 1000 },
	{ type: 'directory', path: 'srv/orders/node_modules', uid: 1000, gid: 1000 },
	{ type: 'file', path: 'srv/orders/node_modules/.wh..cache', content: '' },
	{ ...entrypoint, mode: 0o755 },
];

function ownedByNode(entries: readonly SampleEntry[]): readonly SampleEntry[] {
	const folders = new Set<string>();
	for (const { path } of entries) {
		for (let end = path.lastIndexOf('/'); end > 'srv'.length; end = path.lastIndexOf('/', end - 1)) {
			folders.add(path.slice(0, end));
		}
	}
	const directories = [...folders].map((path): SampleEntry => ({ type: 'directory', path }));
	return [...directories, ...entries].map((entry) => ({ ...entry, uid: 1000, gid: 1000 }));
}
