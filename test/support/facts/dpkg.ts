import { file, type TarEntry } from '../archives/tar-entry.ts';

/** A package for Debian: its version, and its files by path. */
export interface DebPackage {
	readonly version: string;
	readonly architecture?: string;
	readonly files: Readonly<Record<string, string>>;
}

/** The files of installed packages by name, with dpkg's database of them. */
export function dpkgEntries(packages: Readonly<Record<string, DebPackage>>): readonly TarEntry[] {
	const all = Object.entries(packages);
	const status = all.map(([name, { version, architecture = 'amd64' }]) =>
		[
			`Package: ${name}`,
			'Status: install ok installed',
			`Architecture: ${architecture}`,
			`Version: ${version}`,
			'',
		].join('\n'),
	);
	return [
		...all.flatMap(([, { files }]) => Object.entries(files).map(([path, content]) => file(path, content))),
		file('var/lib/dpkg/status', `${status.join('\n')}`),
		...all.map(([name, { files }]) =>
			file(
				`var/lib/dpkg/info/${name}.list`,
				Object.keys(files)
					.map((path) => `/${path}\n`)
					.join(''),
			),
		),
	];
}
