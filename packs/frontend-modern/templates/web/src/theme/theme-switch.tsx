import { useState } from 'react';
import { applyTheme, loadTheme, type Theme, themes } from './theme';

export function ThemeSwitch() {
  const [chosen, setChosen] = useState(loadTheme);

  function choose(theme: Theme) {
    applyTheme(theme);
    setChosen(theme);
  }

  return (
    <fieldset>
      <legend>Theme</legend>
      {themes.map((theme) => (
        <label key={theme}>
          <input type="radio" name="theme" checked={theme === chosen} onChange={() => choose(theme)} /> {theme}
        </label>
      ))}
    </fieldset>
  );
}
