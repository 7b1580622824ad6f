import { dataProject } from './data-project.ts';
import { djangoSite } from './django-site.ts';
import { listingProject } from './listing-project.ts';
import { cppLibrary, jsPackage } from './native-projects.ts';
import { pythonPackage } from './python-package.ts';
import type { TemplateCase } from './template-case.ts';
import { webService } from './web-service.ts';

const python = pythonPackage();
const web = webService();
const django = djangoSite();
const data = dataProject();
const cpp = cppLibrary();
const js = jsPackage();
const listing = listingProject();

const COPIED = 'a copied folder has a name with a template in it';
/** `{{ cookiecutter.update(…) }}`. */
const CHANGING = 'a hook changes the answers';

/** Whole templates as people publish them, with several sets of answers. */
export const LARGE_TEMPLATES: readonly TemplateCase[] = [
  { name: 'a Python package, by default', files: python },
  { name: 'a Python library that lists its values, with its hook', files: listing, hooks: true },
  {
    name: 'a Python library that lists its values, answered',
    files: listing,
    answers: { remote_url: 'https://example.com/a/my-thing.git', license: 'None', full_name: '漢字, "x"' },
  },
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
  { name: 'a Django site, by default, with its hooks', files: django, hooks: true, untranslated: CHANGING },
  {
    name: 'a Django site, answered, with its hooks',
    files: django,
    hooks: true,
    untranslated: CHANGING,
    answers: {
      project_name: 'Shop-Front 2.0',
      domain_name: ' shop.example.com ',
      use_docker: 'y',
      use_celery: 'y',
      editor: 'PyCharm',
      frontend_pipeline: 'Gulp',
      cloud_provider: 'GCP',
      open_source_license: 'Not open source',
      username_type: 'email',
    },
  },
  {
    name: 'a Django site, without its hooks',
    files: django,
    untranslated: CHANGING,
    answers: { editor: 'VS Code', debug: 'y', use_celery: 'y' },
  },
  { name: 'a data project, by default', files: data, untranslated: COPIED },
  {
    name: 'a data project, answered',
    files: data,
    untranslated: COPIED,
    answers: { project_name: 'Sea Level 9', dataset_storage: 's3', pydata_packages: 'basic', author_name: 'A & B <c>' },
  },
  { name: 'a C++ library, by default', files: cpp, hooks: true },
  { name: 'a C++ library, answered', files: cpp, answers: { project_name: 'Zoom', header_only: 'yes', cxx_standard: '23' } },
  { name: 'a JavaScript package, by default', files: js },
  {
    name: 'a JavaScript package, answered',
    files: js,
    answers: { name: 'left-pad-all', scope: 'acme', bundler: 'vite', typescript: 'n', keywords: 'z' },
  },
];
