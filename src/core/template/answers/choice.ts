import type { Choice } from '../../pack/pack-manifest.ts';
import type { Value } from '../../pack/values.ts';
import { nearest } from '../../text/nearest.ts';

/** The choice whose value reads like the text, else the one whose label does. */
export function findChoice(text: string, choices: readonly Choice[]): Choice | undefined {
  return choices.find((choice) => String(choice.value) === text) ?? choices.find((choice) => choice.label === text);
}

/** Whether a value is the value of a choice. */
export function isChoice(value: Value, choices: readonly Choice[]): boolean {
  return choices.some((choice) => choice.value === value);
}

/** The choices that a mistyped value most likely meant. */
export function nearestChoices(value: Value, choices: readonly Choice[]): string[] {
  const text = String(value);
  return text.length > 100
    ? []
    : nearest(
        text,
        choices.map((choice) => String(choice.value)),
      );
}
