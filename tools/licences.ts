import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Metafile } from 'esbuild';

interface PackageFile {
	readonly name: string;
	readonly version: string;
	readonly license?: string;
	readonly author?: string | { readonly name: string };
}

/** The licences of all npm packages that are part of the built program. Throws for a package whose licence is not known. */
export function thirdPartyLicences({ outputs }: Metafile): string {
	const files = Object.values(outputs).flatMap(({ inputs }) =>
		Object.keys(inputs).filter((file) => inputs[file].bytesInOutput > 0),
	);
	const byPackage = Map.groupBy(files, packageFolderOf);
	byPackage.delete(null);
	return [...byPackage]
		.map(([folder, itsFiles]) => licenceOf(String(folder), itsFiles))
		.sort()
		.join(`\n${'-'.repeat(80)}\n\n`);
}

/** The innermost package that a file is part of; null for a file of our own. */
function packageFolderOf(file: string): string | null {
	return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? null;
}

function licenceOf(folder: string, files: readonly string[]): string {
	const description: PackageFile = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
	const { name, version, license } = description;
	// A package that bundles other packages has their licences beside the bundle.
	const folders = new Set([folder, ...files.map((file) => dirname(file))]);
	const found = [...folders].flatMap(licenceFilesIn).map((path) => readFileSync(path, 'utf8').trim());
	const texts = found.length > 0 ? found : [impliedLicence(description)];
	return `${name} ${version} (${license})\n\n${texts.join('\n\n')}\n`;
}

function licenceFilesIn(folder: string): readonly string[] {
	return readdirSync(folder)
		.filter((name) => /^licen[cs]es?(?:\.(?:md|txt))?$/i.test(name))
		.map((name) => join(folder, name));
}

/** The text of the MIT licence for a package that names it in its package.json and has no file with it. */
function impliedLicence({ name, license, author }: PackageFile): string {
	if (license !== 'MIT') throw new Error(`${name} (${license}) has no file with its licence.`);
	const ours = readFileSync('LICENSE', 'utf8');
	const permission = ours.slice(ours.indexOf('Permission is hereby granted')).trim();
	return `Copyright (c) ${typeof author === 'object' ? author.name : author}\n\n${permission}`;
}
