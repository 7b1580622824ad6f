import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ThemeSwitch } from '../src/theme/theme-switch';

beforeEach(() => localStorage.clear());
afterEach(cleanup);

const radio = (name: string) => screen.getByRole<HTMLInputElement>('radio', { name });

test('without a choice the page follows the system', () => {
  render(<ThemeSwitch />);
  expect(radio('system').checked).toBe(true);
});

test('a choice changes the page and is remembered', () => {
  const { unmount } = render(<ThemeSwitch />);
  fireEvent.click(radio('dark'));
  expect(document.documentElement.dataset.theme).toBe('dark');
  unmount();

  render(<ThemeSwitch />);
  expect(radio('dark').checked).toBe(true);
  fireEvent.click(radio('system'));
  expect(document.documentElement.dataset.theme).toBeUndefined();
});

test('a stored value that is no theme is ignored', () => {
  localStorage.setItem('theme', 'purple');
  render(<ThemeSwitch />);
  expect(radio('system').checked).toBe(true);
});

test('where storage is forbidden, a choice lasts as long as the page', () => {
  vi.stubGlobal('localStorage', undefined);
  render(<ThemeSwitch />);
  fireEvent.click(radio('light'));
  expect(radio('light').checked).toBe(true);
  expect(document.documentElement.dataset.theme).toBe('light');
});
