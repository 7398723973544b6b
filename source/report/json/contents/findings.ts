import type { Figures } from '../../../analysis/figures.ts';
import {
	type ImageFindings,
	type ListedFinding,
	savedInTheBase,
} from '../../../analysis/findings/image-findings.ts';
import type { FileTree } from '../../../filetree/file-tree.ts';
import { pathOf } from '../../../filetree/paths.ts';
import type { JsonWriter } from '../json-writer.ts';
import type { JsonFinding } from './finding-schema.ts';

export interface WrittenFindings
	extends Pick<ImageFindings, 'findings' | 'savedBytes' | 'withContents' | 'unreadLayers'> {
	readonly tree: FileTree;
	readonly figures: Pick<Figures, 'totalBytes'>;
}

/** Writes the member `findings` of a report. */
export function writeFindings(
	json: JsonWriter,
	{ findings, savedBytes, withContents, unreadLayers, tree, figures }: WrittenFindings,
): Promise<void> {
	const { totalBytes } = figures;
	return json.object('findings', async () => {
		json.values({
			withContents,
			notReadInLayers: unreadLayers,
			totalBytes,
			savedBytes,
			savedInBaseBytes: savedInTheBase(findings),
			fixedBytes: totalBytes - savedBytes,
		});
		await json.array('list', findings, (finding) =>
			json.object(null, () => json.values(describeFinding(tree, finding))),
		);
	});
}

function describeFinding(tree: FileTree, finding: ListedFinding): JsonFinding {
	const { code, level, title, bytes, savedBytes, sharedWith, shippedIn, wastedIn } = finding;
	const { isOfBase, places, advice, acceptedBecause } = finding;
	return {
		code,
		level,
		title,
		bytes,
		savedBytes,
		sharedWith: [...sharedWith],
		shippedIn,
		wastedIn,
		isOfBase,
		places: places.map(({ node, files, bytes: sum }) => ({ path: pathOf(tree, node), files, bytes: sum })),
		advice: advice.text,
		edit: advice.edit === null ? null : { from: advice.edit.from, to: advice.edit.to },
		acceptedBecause,
	};
}
