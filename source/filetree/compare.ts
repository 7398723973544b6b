import type { Comparison } from './comparison.ts';
import type { FileTree } from './file-tree.ts';

export declare function compare(tree: FileTree, from: number, to: number, reuse?: Comparison): Comparison;
