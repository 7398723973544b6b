import type { Copies, CopyGroup } from '../../../analysis/copies/copies.ts';
import type { FileTree } from '../../../filetree/file-tree.ts';
import { pathOf } from '../../../filetree/paths.ts';
import { nameLayers } from '../../../image/image.ts';
import { formatBytes, formatCount } from '../../../text/bytes.ts';
import { escapePath } from '../../../text/escape.ts';
import { formatTable, type TableLayout } from '../../../text/table.ts';

export interface ReportedCopies {
	readonly tree: FileTree;
	readonly copies: Copies;
}

const SHOWN_GROUPS = 10;
const SHOWN_PATHS = 3;

const columns = [
	{ header: 'saves', align: 'right' },
	{ header: 'copies', align: 'right' },
	{ header: 'each', align: 'right' },
	{ header: 'files', align: 'right' },
	{ header: 'path', cut: 'middle' },
] as const;

/** What the final file system has more than once, and what is not known of that. */
export function copiesText({ tree, copies }: ReportedCopies, layout: TableLayout): string[] {
	const { groups } = copies;
	const shown = groups.slice(0, SHOWN_GROUPS);
	const hidden = groups.length - shown.length;
	return [
		layout.paint('heading', 'Copies'),
		`  ${summaryOf(copies)}`,
		...(shown.length === 0
			? []
			: formatTable(
					columns,
					shown.flatMap((group) => rowsOf(tree, group)),
					layout,
				)),
		...(hidden > 0
			? [layout.paint('faint', `  and ${formatCount(hidden)} more; the JSON report lists all of them`)]
			: []),
		...unknownOf(copies).map((line) => `  ${layout.paint('warning', line)}`),
	];
}

function summaryOf({ groups, savedBytes, fromBytes }: Copies): string {
	const size = fromBytes === 0 ? '' : ` of ${formatBytes(fromBytes)} or more`;
	if (groups.length === 0) return `No file or folder${size} is there twice.`;
	return `${formatBytes(savedBytes)} would go if each file and folder${size} were there once.`;
}

/** The first row has the figures; each further path has a row of its own. */
function rowsOf(tree: FileTree, { nodes, type, files, copyBytes, savedBytes }: CopyGroup): string[][] {
	const paths = Array.from(nodes.subarray(0, SHOWN_PATHS), (node) => {
		const slash = type === 'folder' ? '/' : '';
		return `/${escapePath(pathOf(tree, node))}${slash}`;
	});
	const hidden = nodes.length - paths.length;
	const lines = hidden > 0 ? [...paths, `and ${formatCount(hidden)} more`] : paths;
	const figures = [
		formatBytes(savedBytes),
		formatCount(nodes.length),
		formatBytes(copyBytes),
		type === 'folder' ? formatCount(files) : '',
	];
	return lines.map((line, index) => [...(index === 0 ? figures : ['', '', '', '']), line]);
}

function unknownOf({ unreadLayers, unknownFiles }: Copies): string[] {
	if (unreadLayers.length > 0)
		return [`The contents of ${nameLayers(unreadLayers)} were not read, so copies there are not known.`];
	if (unknownFiles === 0) return [];
	return [
		unknownFiles === 1
			? 'The content of 1 file is not known, so copies of it are not known.'
			: `The contents of ${formatCount(unknownFiles)} files are not known, so copies of them are not known.`,
	];
}
