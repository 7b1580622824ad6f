/** How a text can be written in YAML, by the rules of PyYAML's emitter. */
export interface ScalarAnalysis {
  readonly allowsPlain: boolean;
  readonly allowsFlowPlain: boolean;
  readonly allowsSingle: boolean;
  readonly isMultiline: boolean;
}

const BREAK = /[\n\x85\u2028\u2029]/;

/** Finds out which quotes a text needs. */
export function analyseScalar(text: string): ScalarAnalysis {
  if (text === '') return { allowsPlain: true, allowsFlowPlain: false, allowsSingle: true, isMultiline: false };
  const isMultiline = BREAK.test(text);
  const hasEdges = /^[ \n\x85\u2028\u2029]|[ \n\x85\u2028\u2029]$/.test(text);
  const hasBreakSpace = /[\n\x85\u2028\u2029] /.test(text);
  const needsEscapes = / [\n\x85\u2028\u2029]/.test(text) || hasSpecial(text);
  const isBlockIndicated = hasIndicator(text, false);
  const isFlowIndicated = hasIndicator(text, true);
  const mayBePlain = !hasEdges && !hasBreakSpace && !needsEscapes && !isMultiline;
  return {
    allowsPlain: mayBePlain && !isBlockIndicated,
    allowsFlowPlain: mayBePlain && !isFlowIndicated,
    allowsSingle: !hasBreakSpace && !needsEscapes,
    isMultiline,
  };
}

/** What can be shown only as an escape: control characters, tabs and byte order marks among them. */
function hasSpecial(text: string): boolean {
  return /[^\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]|\ufeff/u.test(text);
}

function hasIndicator(text: string, inFlow: boolean): boolean {
  if (/^(?:---|\.\.\.)/.test(text)) return true;
  if (/^[#,[\]{}&*!|>'"%@`]/.test(text) || /^-(?:[ \t\n]|$)/.test(text)) return true;
  if (/^[?:](?:[ \t\n]|$)/.test(text) || /:(?:[ \t\n]|$)/.test(text) || /[ \t\n]#/.test(text)) return true;
  return inFlow && (/^[?:]/.test(text) || /[,?[\]{}:]/.test(text.slice(1)));
}

const NO_TEXT = [
  /^(?:~|null|Null|NULL|)$/,
  /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/,
  /^[-+]?(?:0b[01_]+|0[0-7_]+|0|[1-9][\d_]*|0x[\da-fA-F_]+|[1-9][\d_]*(?::[0-5]?\d)+)$/,
  /^(?:[-+]?\d[\d_]*\.[\d_]*(?:[eE][-+]\d+)?|\.\d[\d_]*(?:[eE][-+]\d+)?|[-+]?\d[\d_]*(?::[0-5]?\d)+\.[\d_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/,
  /^(?:\d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)$/,
  /^(?:<<|=)$/,
];

/** Whether PyYAML reads a text without quotes as text. */
export function resolvesToText(text: string): boolean {
  return !NO_TEXT.some((pattern) => pattern.test(text));
}
