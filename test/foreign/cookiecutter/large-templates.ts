import { pythonPackage } from './python-package.ts';
import type { TemplateCase } from './template-case.ts';
import { webService } from './web-service.ts';

const python = pythonPackage();
const web = webService();

/** Whole templates as people publish them, with several sets of answers. */
export const LARGE_TEMPLATES: readonly TemplateCase[] = [
  { name: 'a Python package, by default', files: python },
  {
    name: 'a Python package, answered',
    files: python,
    answers: {
      project_name: 'Data Thing 2',
      command_line_interface: 'No command-line interface',
      open_source_license: 'Apache Software License 2.0',
      use_pytest: 'n',
      use_docker: 'y',
      full_name: "Zoë O'Neil",
    },
  },
  {
    name: 'a Python package, closed, with its hooks',
    files: python,
    answers: { open_source_license: 'Not open source', use_docs: 'n' },
    hooks: true,
  },
  { name: 'a web service, by default', files: web },
  {
    name: 'a web service, answered',
    files: web,
    answers: {
      project_name: 'Shop & Co',
      database: 'none',
      cloud: 'GCP',
      frontend: 'y',
      ci: 'Gitlab',
      debug: 'n',
      timezone: 'Europe/Berlin',
    },
  },
  { name: 'a web service, with its hooks', files: web, answers: { ci: 'None', frontend: 'n' }, hooks: true },
];
