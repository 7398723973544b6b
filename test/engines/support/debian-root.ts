import { link, mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { run } from './engine-image.ts';

/** A package as `dpkg-deb` builds it. */
interface Source {
	readonly control: Readonly<Record<string, string>>;
	/** By path without a leading slash. */
	readonly files: Readonly<Record<string, string>>;
	/** Hard links by path, to another path of the package. */
	readonly links?: Readonly<Record<string, string>>;
	readonly settings?: readonly string[];
}

/** A file system that dpkg itself installs packages into: merged /usr, two architectures, a diversion, and a package of which only settings are left. */
export class DebianRoot {
	readonly path: string;
	readonly #folder: string;

	constructor(folder: string) {
		this.#folder = folder;
		this.path = join(folder, 'root');
	}

	/** Installs all but `delta`. */
	async begin(): Promise<void> {
		for (const path of ['usr/lib', 'usr/bin', 'var/lib/dpkg/info', 'var/lib/dpkg/updates', 'var/log', 'etc'])
			await mkdir(join(this.path, path), { recursive: true });
		await symlink('usr/lib', join(this.path, 'lib'));
		await symlink('usr/bin', join(this.path, 'bin'));
		await writeFile(join(this.path, 'var/lib/dpkg/status'), '');
		const own = (await run('dpkg', '--print-architecture')).trim();
		const foreign = own === 'i386' ? 'amd64' : 'i386';
		await run('dpkg', `--root=${this.path}`, '--add-architecture', foreign);
		await this.#install('alpha', {
			control: { Version: '1.0', Architecture: own, Source: 'greek (1.0)' },
			files: { 'lib/alpha/a': 'a'.repeat(5000), 'usr/share/alpha/data': 'd'.repeat(100_000) },
			links: { 'usr/share/alpha/data-too': 'usr/share/alpha/data' },
		});
		await this.#install('beta', {
			control: { Version: '2:1.5-3', Architecture: 'all', Depends: 'alpha (>= 0.5), none | alpha' },
			files: { 'usr/bin/tool': 'tool of beta', 'bin/beta': 'b', 'etc/beta.conf': 'set' },
			settings: ['etc/beta.conf'],
		});
		for (const architecture of [own, foreign])
			await this.#install('libgamma', {
				control: { Version: '3~rc1+b2', Architecture: architecture, 'Multi-Arch': 'same' },
				files: {
					[`lib/${architecture}/libgamma.so`]: architecture,
					'usr/share/doc/libgamma/copyright': 'all',
				},
			});
		await this.#install('gone', {
			control: { Version: '1', Architecture: 'all' },
			files: { 'usr/share/gone': 'x', 'etc/gone.conf': 'set' },
			settings: ['etc/gone.conf'],
		});
		await run('dpkg', `--root=${this.path}`, '--remove', 'gone');
	}

	/** Installs `delta`, which diverts a program of `beta` and needs it. */
	async goOn(): Promise<void> {
		const divert = [
			`--root=${this.path}`,
			'--package',
			'delta',
			'--rename',
			'--divert',
			'/usr/bin/tool.real',
		];
		await run('dpkg-divert', ...divert, '--add', '/usr/bin/tool');
		await this.#install('delta', {
			control: { Version: '0.1-1', Architecture: 'all', Depends: 'beta' },
			files: { 'usr/bin/tool': 'tool of delta' },
		});
	}

	/** Upgrades `alpha`, of which one file grows and two go, and installs `epsilon`. */
	async upgrade(): Promise<void> {
		await this.#install('alpha', {
			control: {
				Version: '1.1',
				Architecture: (await run('dpkg', '--print-architecture')).trim(),
				Source: 'greek (1.1)',
			},
			files: { 'lib/alpha/a': 'a'.repeat(9000) },
		});
		await this.#install('epsilon', {
			control: { Version: '2', Architecture: 'all', Depends: 'alpha' },
			files: { 'usr/share/epsilon': 'e'.repeat(700) },
		});
	}

	/** The present state as the tar of a layer. */
	async tar(name: string): Promise<string> {
		const path = join(this.#folder, `${name}.tar`);
		await run('tar', '--numeric-owner', '-C', this.path, '-cf', path, '.');
		return path;
	}

	async #install(name: string, { control, files, links = {}, settings = [] }: Source): Promise<void> {
		const folder = join(this.#folder, `${name}-${control.Version.replace(':', '-')}-${control.Architecture}`);
		const fields = { Package: name, Maintainer: 'nobody <nobody@localhost>', Description: name, ...control };
		const all = {
			...files,
			'DEBIAN/control': Object.entries(fields)
				.map(([field, value]) => `${field}: ${value}\n`)
				.join(''),
			...(settings.length > 0 && { 'DEBIAN/conffiles': settings.map((path) => `/${path}\n`).join('') }),
		};
		for (const [path, content] of Object.entries(all)) {
			await mkdir(dirname(join(folder, path)), { recursive: true });
			await writeFile(join(folder, path), content);
		}
		for (const [path, target] of Object.entries(links)) await link(join(folder, target), join(folder, path));
		await run('dpkg-deb', '--root-owner-group', '--build', folder, `${folder}.deb`);
		await run('dpkg', `--root=${this.path}`, '--install', `${folder}.deb`);
	}
}
