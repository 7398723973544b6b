import type { FileTree } from '../../filetree/file-tree.ts';
import type { BuildArgument, ImageDescription } from '../../image/image.ts';
import type { Steps } from '../../steps.ts';
import type { SourceLine } from '../../text/dockerfile/source-line.ts';
import type { Executables } from '../executables/find-executables.ts';
import type { Base } from '../figures.ts';
import type { Packages } from '../packages/packages.ts';
import type { FindingCode } from './explanations/explanations.ts';
import type { FindingLevel } from './finding-level.ts';

/** What a rule claims the bytes of. Each byte of an entry is claimed by one finding at most. */
export type Claim =
	/** Dead inodes: rows of `FileTree.waste`. */
	| { readonly kind: 'dead'; readonly rows: readonly number[] }
	/** Visible inodes: nodes of files, of which all the live bytes would go. */
	| { readonly kind: 'live'; readonly nodes: readonly number[] }
	/** A part of each of some visible files, such as its debug sections: bytes of each. */
	| { readonly kind: 'part'; readonly nodes: readonly number[]; readonly bytes: readonly number[] }
	/** No bytes: a risk, about these nodes, which may be none. */
	| { readonly kind: 'nothing'; readonly nodes: readonly number[] };

/** What to do, in a Dockerfile's words. */
export interface Advice {
	/** One or two sentences for people, without hostile text but instructions, package names and paths: escape before printing. */
	readonly text: string;
	/** The instruction as its author wrote it, and as it should be; null where no line of the user's is known or none has to change. */
	readonly edit: { readonly from: string; readonly to: string } | null;
}

/** What one rule finds. */
export interface FoundFinding {
	readonly code: FindingCode;
	readonly level: FindingLevel;
	/** One line that says what is so, for people; may hold hostile text. */
	readonly title: string;
	/** The title as a table says it that has a column of bytes; where it is absent, the title itself. */
	readonly shortTitle?: string;
	readonly claim: Claim;
	/** The layer that shipped the bytes, 0-based; null where there is not one. */
	readonly shippedIn: number | null;
	/** The layer that wasted them or is to blame, 0-based; null for none. */
	readonly wastedIn: number | null;
	readonly advice: Advice;
}

/** What rules work on. */
export interface FindingInput {
	readonly tree: FileTree;
	/** Without the values that look secret, so that none gets into a title or an advice. */
	readonly description: ImageDescription;
	/** With them, for what looks for secrets. */
	readonly recorded: ImageDescription;
	readonly base: Base;
	/** Null where contents are not asked for. */
	readonly packages: Packages | null;
	/** Null where contents are not asked for. */
	readonly executables: Executables | null;
	/** The line of each layer's instruction in its author's file, lowest first; null for a layer where it is not known. */
	readonly instructions?: readonly (SourceLine | null)[];
	/** Of the provenance and of the user's Dockerfile; none by default. */
	readonly buildArguments?: readonly BuildArgument[];
}

/** The same with what all rules need. */
export interface RuleInput extends FindingInput {
	/** The bytes of each node in the final file system: an inode counts once. */
	readonly liveBytes: Float64Array;
}

/** Finds one kind of thing, or some that belong together. To add one, add a file and a line in the list. */
export type FindingRule = (input: RuleInput) => Steps<readonly FoundFinding[]>;

/** A finding with what it would save beside the others. */
export interface Finding extends Omit<FoundFinding, 'claim' | 'shortTitle'> {
	/** Without the bytes that a table has in a column; may hold hostile text. */
	readonly shortTitle: string;
	/** The bytes that it is about; greater findings may be about some of them as well. */
	readonly bytes: number;
	/** What would be saved beside what greater findings save: no byte is counted twice. */
	readonly savedBytes: number;
	/** What it is about, most bytes first, folded to the deepest folders that cover it. */
	readonly places: readonly Place[];
	/** Codes of the findings that save the other bytes. */
	readonly sharedWith: readonly FindingCode[];
	/** Whether the base alone is to blame. */
	readonly isOfBase: boolean;
	/** The marks that it bears, by their positions. */
	readonly marks: readonly number[];
}

/** Picks findings: those with a code of which every file matches. */
export interface FindingMark {
	/** Null for all. */
	readonly code: string | null;
	/** Asks with paths as `pathOf` gives them; null for all findings, those that are about no file included. */
	readonly matches: ((path: string) => boolean) | null;
	/** Whether a finding that bears it is not to be fixed, and not to be counted. */
	readonly isAccepted: boolean;
}

/** A file, or a folder with some of the files below it. */
export interface Place {
	readonly node: number;
	readonly files: number;
	readonly bytes: number;
}
