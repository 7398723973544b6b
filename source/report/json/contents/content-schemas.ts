import { z } from 'zod';
import { knownSizes, ledgerSteps } from '../../../analysis/ledger/ledger.ts';
import { secretKinds } from '../../../facts/secrets/rules/rules.ts';
import { bytes, count, layerIndex } from '../row-schemas.ts';

/** The member `copies` of a report. */
export const copies = z
	.object({
		fromBytes: bytes.describe('smaller copies are left out'),
		savedBytes: bytes.describe('what all groups save together'),
		unreadLayers: z
			.array(layerIndex)
			.describe('layers whose contents could not be read, so that copies of their files are not known'),
		unknownFiles: count.describe('files that were to be compared and whose content is not known'),
		groups: z
			.array(
				z.object({
					type: z
						.enum(['file', 'folder'])
						.describe('folder: all that is in it is the same; what is in it has no group of its own'),
					savedBytes: bytes.describe('what would go if there were one copy; no byte is saved by two groups'),
					copyBytes: bytes.describe('one copy'),
					files: count.describe('in one copy: everything but directories'),
					paths: z
						.array(z.string())
						.min(2)
						.describe('a copy within a folder of another group is there once, by the first of those folders'),
				}),
			)
			.describe('greatest saving first; hard links to one inode are one copy'),
	})
	.describe('what the final file system has more than once');

const total = z.int();

/** The member `ledger` of a report. */
export const ledger = z
	.object({
		rows: z
			.array(
				z.object({
					step: z.enum(ledgerSteps),
					fromBytes: total,
					amountBytes: z.int().describe('from plus amount is to'),
					toBytes: total,
				}),
			)
			.describe('from the stored bytes by the unpacked and the total bytes to the live bytes, without a gap'),
		hardLinks: z
			.object({
				names: count.describe('names beside the first of each inode'),
				savedBytes: bytes.describe('what they would take as files of their own'),
			})
			.describe('in the final file system'),
		known: z
			.array(
				z.object({
					name: z.enum(knownSizes),
					bytes: bytes.nullable().describe('null where the stored layers are not those that a registry has'),
					isApproximate: z.boolean(),
				}),
			)
			.describe('what other programs show as the size of the image'),
	})
	.describe('how the sizes hang together');

const secretKind = z.enum(secretKinds as readonly [string, ...string[]]);

/** The member `deleted` of a report. */
export const deleted = z
	.array(
		z.object({
			path: z.string(),
			bytes,
			layerIndex: layerIndex.describe('the layer that ships it'),
			removedBy: layerIndex.describe('the layer that took it away'),
			cause: z.enum(['removed', 'content']).describe('content: the path has other content now'),
			secrets: z.array(secretKind).describe('what it looks like, where it looks secret'),
		}),
	)
	.describe('files that nobody can see in the end and anybody can pull out, most bytes first');

/** The member `secrets` of a report. */
export const secrets = z
	.array(
		z.object({
			path: z.string(),
			layers: z.array(layerIndex).describe('the layers that ship it'),
			secrets: z.array(
				z.object({
					kind: secretKind,
					lines: z
						.array(count)
						.describe('where one begins, from 1; empty where the file as a whole is the secret'),
				}),
			),
			visiblePath: z
				.string()
				.nullable()
				.describe(
					'where the final file system has it: its path, or a hard link to it; null where it is deleted',
				),
			removedBy: layerIndex.nullable().describe('the layer that took it away; null while it is visible'),
			isLikelyExample: z
				.boolean()
				.describe('whether its path is that of a test, an example or documentation'),
		}),
	)
	.describe('files that look secret; never what the secret is');
