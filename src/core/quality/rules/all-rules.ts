import type { Rule } from '../rule.ts';
import { collidingOutputs } from './colliding-outputs.ts';
import { deprecatedDependency } from './deprecated-dependency.ts';
import { deprecatedPackage } from './deprecated-package.ts';
import { missingDescription } from './missing-description.ts';
import { missingExample } from './missing-example.ts';
import { missingLicence } from './missing-licence.ts';
import { missingPrompt } from './missing-prompt.ts';
import { missingReadme } from './missing-readme.ts';
import { missingTests } from './missing-tests.ts';
import { needlessCondition } from './needless-condition.ts';
import { secretInFile } from './secret-in-file.ts';
import { shadowedVariable } from './shadowed-variable.ts';
import { slowTemplate } from './slow-template.ts';
import { templateError } from './template-error.ts';
import { typedHook } from './typed-hook.ts';
import { undeclaredName } from './undeclared-name.ts';
import { unreachableBranch } from './unreachable-branch.ts';
import { unreachableOutput } from './unreachable-output.ts';
import { unreachableQuestion } from './unreachable-question.ts';
import { unsafePath } from './unsafe-path.ts';
import { untypedSecret } from './untyped-secret.ts';
import { unusedFile } from './unused-file.ts';
import { unusedQuery } from './unused-query.ts';
import { unusedVariable } from './unused-variable.ts';
import { weakPattern } from './weak-pattern.ts';

/** Every rule, in the order of their ids. */
export const ALL_RULES: readonly Rule[] = [
  collidingOutputs,
  deprecatedDependency,
  deprecatedPackage,
  missingDescription,
  missingExample,
  missingLicence,
  missingPrompt,
  missingReadme,
  missingTests,
  needlessCondition,
  secretInFile,
  shadowedVariable,
  slowTemplate,
  templateError,
  typedHook,
  undeclaredName,
  unreachableBranch,
  unreachableOutput,
  unreachableQuestion,
  unsafePath,
  untypedSecret,
  unusedFile,
  unusedQuery,
  unusedVariable,
  weakPattern,
];
