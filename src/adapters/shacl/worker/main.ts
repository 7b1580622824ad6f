/** The worker in which shapes are checked, so that patterns and paths that never end can be ended. */
import { parentPort, workerData } from 'node:worker_threads';
import { DataFactory } from 'n3';
import { type PathStep, type Result, Validator } from 'shacl-engine';
import type { ShapeResult } from '../../../ports/shape-validator.ts';
import type { ShapeAnswer, ShapeWork } from '../protocol.ts';
import { fromLibrary, toStore } from './terms.ts';

async function validate({ data, shapes }: ShapeWork): Promise<ShapeAnswer> {
  try {
    const validator = new Validator(toStore(shapes), { factory: DataFactory });
    const { results } = await validator.validate({ dataset: toStore(data) });
    return { kind: 'checked', results: results.map(toResult) };
  } catch (error) {
    return { kind: 'unusable', problem: error instanceof Error ? error.message : String(error) };
  }
}

function toResult({ constraintComponent, severity, focusNode, path, value, message }: Result): ShapeResult {
  const constraint = localName(constraintComponent.value).replace(/ConstraintComponent$/, '');
  const texts = message.map((text) => text.value);
  return {
    severity: severity.value.endsWith('#Warning') ? 'warning' : severity.value.endsWith('#Info') ? 'info' : 'violation',
    focus: fromLibrary(focusNode.term),
    path: path == null || path.length === 0 ? undefined : path.map(showStep).join('/'),
    value: value?.term === undefined ? undefined : fromLibrary(value.term),
    constraint,
    message: texts.length === 0 ? `the constraint ${constraint} does not hold` : texts.join('; '),
  };
}

const QUANTIFIERS = { one: '', oneOrMore: '+', zeroOrMore: '*', zeroOrOne: '?' } as const;

function showStep({ quantifier, start, predicates }: PathStep): string {
  const names = predicates.map(({ value }) => `${start === 'object' ? '^' : ''}<${value}>`).join('|');
  return `${predicates.length > 1 ? `(${names})` : names}${QUANTIFIERS[quantifier]}`;
}

function localName(iri: string): string {
  return iri.slice(Math.max(iri.lastIndexOf('#'), iri.lastIndexOf('/')) + 1);
}

parentPort?.postMessage(await validate(workerData as ShapeWork));
