import { findOutdatedBase } from './base/find-outdated-base.ts';
import { findBuildTools } from './build-tools/find-build-tools.ts';
import { findDevPackages } from './build-tools/find-dev-packages.ts';
import { findStartProblem } from './executables/find-start-problem.ts';
import { findStrippable } from './executables/find-strippable.ts';
import type { FindingRule } from './finding.ts';
import { findLeftovers } from './leftovers/find-leftovers.ts';
import { findConfigSecrets } from './risks/config-secrets.ts';
import { findReplacedFolders } from './risks/replaced-folders.ts';
import { findRiskyModes } from './risks/risky-modes.ts';
import { findRootUser } from './risks/root-user.ts';
import { findWaste } from './waste/find-waste.ts';

/** All rules. Each has a row in docs/findings.md for every code that it may find. */
export const findingRules: readonly FindingRule[] = [
	findWaste,
	findLeftovers,
	findBuildTools,
	findDevPackages,
	findStrippable,
	findStartProblem,
	findReplacedFolders,
	findRiskyModes,
	findRootUser,
	findConfigSecrets,
	findOutdatedBase,
];
