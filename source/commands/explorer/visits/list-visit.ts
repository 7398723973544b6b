import type { ImageAtHand } from '../../../image/at-hand/image-at-hand.ts';
import { pickOf, type SourceImage } from '../../../image/at-hand/source-image.ts';
import { shortDigest } from '../../../image/digest.ts';
import { formatPlatform } from '../../../image/platform.ts';
import type { Host } from '../../../sources/host.ts';
import { type HomeState, newList } from '../../../tui/model/home/home-state.ts';
import type { Sheet } from '../../../tui/view/sheets/sheet.ts';
import { ExplorerFiles } from '../files/explorer-files.ts';
import { servicesOfNoImage } from './pair-visit.ts';
import type { Visit, VisitedName, VisitPlan, Ways } from './visit.ts';

export interface ListPlan {
	readonly list: HomeState;
	readonly host: Host;
	/** Called when the list is shown, and shown again. */
	readonly onShown: (sheet: Sheet) => void;
	readonly onClosed: () => void;
}

/** Shows a list of images. */
export function listVisit({ list, host, onShown, onClosed }: ListPlan, ways: Ways): VisitPlan {
	const files = new ExplorerFiles(host);
	return {
		options: { references: [], files: files.services, image: servicesOfNoImage },
		begin: (sheet): Visit => {
			const mark = (name: VisitedName): void => {
				const { message } = ways.mark(name);
				if (message !== null) sheet.updateHome((state) => ({ ...state, message }));
			};
			sheet.showHome(list, { onChoose: ways.open, onReturn: ways.back, onMark: mark });
			onShown(sheet);
			return {
				name: null,
				finished: new Promise(() => {}),
				left: null,
				isRead: false,
				updateList: (change) => sheet.updateHome(change),
				onShown: () => onShown(sheet),
				close: async () => {
					onClosed();
					files.close();
				},
			};
		},
	};
}

/** The images of the place where an image was opened from, as a list. */
export function listBeside(
	name: VisitedName,
	choices: readonly SourceImage[],
	nowSeconds: number,
): HomeState {
	const images = choices.map((choice): ImageAtHand => {
		const { names, manifestDigest, configDigest, platform, storedBytes, created, isOpened } = choice;
		const digest = manifestDigest ?? configDigest;
		const seconds = created === null ? Number.NaN : Date.parse(created) / 1000;
		return {
			reference: name.reference,
			// The one that is open keeps how it was opened, so that it is the same one.
			pick: isOpened ? name.pick : pickOf(choice, choices),
			name: names[0] ?? (digest === null ? 'unnamed' : shortDigest(digest)),
			place: 'beside',
			detail: platform === null ? '' : formatPlatform(platform),
			bytes: storedBytes,
			seconds: Number.isFinite(seconds) ? seconds : null,
		};
	});
	const opened = choices.findIndex(({ isOpened }) => isOpened);
	return newList(name.reference, images, { opened, nowSeconds });
}
