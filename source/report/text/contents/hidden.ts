import type { DeletedFile, DeletedFiles } from '../../../analysis/hidden/deleted-files.ts';
import type { SecretFile, SecretFiles } from '../../../analysis/hidden/secret-files.ts';
import { secretRules } from '../../../facts/secrets/rules/rules.ts';
import type { FoundSecret } from '../../../facts/secrets/secret-facts.ts';
import type { PathTree } from '../../../filetree/file-tree.ts';
import { pathOf } from '../../../filetree/paths.ts';
import { nameLayers } from '../../../image/image.ts';
import { formatBytes, formatCount } from '../../../text/bytes.ts';
import { escapePath } from '../../../text/escape.ts';
import { shorten } from '../../../text/shorten.ts';
import { formatTable } from '../../../text/table.ts';
import { type ContentLayout, moreRows } from './content-layout.ts';

const SHOWN_LINES = 3;

const deletedColumns = [
	{ header: 'size', align: 'right' },
	{ header: 'layer', align: 'right' },
	{ header: 'gone in', align: 'right' },
	{ header: 'path', cut: 'middle' },
] as const;

/** The largest files that nobody can see and anybody can pull out. */
export function deletedSection(tree: PathTree, deleted: DeletedFiles, layout: ContentLayout): string[] {
	const { paint } = layout;
	const rows = deleted.slice(0, layout.mostRows).map((file) => deletedRow(tree, file));
	return [
		paint('heading', 'Deleted but shipped'),
		deleted.length === 0
			? '  No file is shipped and gone in the end.'
			: `  ${deleted.length === 1 ? '1 file' : `${formatCount(deleted.length)} files`}, ${formatBytes(deleted.bytes)}: gone in the end, and still in the layer that ships them`,
		...(rows.length === 0 ? [] : formatTable(deletedColumns, rows, layout)),
		...moreRows(deleted.length - rows.length, layout),
	];
}

function deletedRow(tree: PathTree, { node, bytes, layerIndex, removedBy, secrets }: DeletedFile): string[] {
	const path = escapePath(shorten(pathOf(tree, node)));
	const note = secrets.length === 0 ? '' : ' (looks secret)';
	return [formatBytes(bytes), String(layerIndex + 1), String(removedBy + 1), `/${path}${note}`];
}

const secretColumns = [
	{ header: 'layer', align: 'right' },
	{ header: 'state' },
	{ header: 'path', cut: 'middle' },
	{ header: 'looks like', cut: 'end' },
] as const;

/** The files that look secret, without what they hold. */
export function secretSection(tree: PathTree, secrets: SecretFiles, layout: ContentLayout): string[] {
	const { paint } = layout;
	const { files, unreadLayers } = secrets;
	const rows = files.slice(0, layout.mostRows).map((file) => secretRow(tree, file));
	return [
		paint('heading', 'Secrets'),
		...(files.length === 0 ? ['  Nothing looks secret.'] : []),
		...(unreadLayers.length === 0
			? []
			: [
					`  ${paint('warning', `The contents of ${nameLayers(unreadLayers)} were not read: secrets in them are not known.`)}`,
				]),
		...(rows.length === 0 ? [] : formatTable(secretColumns, rows, layout)),
		...moreRows(files.length - rows.length, layout),
	];
}

function secretRow(tree: PathTree, file: SecretFile): string[] {
	const { node, layers, secrets, visibleNode, removedBy, isLikelyExample } = file;
	const state = visibleNode === null ? `gone in ${Number(removedBy) + 1}` : 'visible';
	return [
		layers.map((layer) => layer + 1).join(', '),
		state,
		`/${escapePath(shorten(pathOf(tree, node)))}`,
		secrets.map(nameSecret).join('; ') + (isLikelyExample ? ' (likely an example)' : ''),
	];
}

function nameSecret({ kind, lines }: FoundSecret): string {
	const { title } = secretRules[kind];
	if (lines.length === 0) return title;
	const shown = lines.slice(0, SHOWN_LINES).join(', ');
	const rest = lines.length > SHOWN_LINES ? ' and more' : '';
	return `${title}, ${lines.length === 1 ? 'line' : 'lines'} ${shown}${rest}`;
}
