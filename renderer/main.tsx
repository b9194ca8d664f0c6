import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import '@mantine/core/styles.layer.css';
import './parts/theme/tokens.css';
import './parts/theme/mantine.css';
import './parts/theme/base.css';
import { createRoot } from 'react-dom/client';
import { connection } from './api/host.ts';
import { App } from './app.tsx';
import { startKeys } from './model/keys.ts';
import { languageOf, settings } from './model/settings.ts';
import { startTexts } from './text/i18n.ts';

startTexts(languageOf(settings.get().language, navigator.language));
startKeys(window);
void connection.run();

const root = document.getElementById('app');
if (root) createRoot(root).render(<App />);
