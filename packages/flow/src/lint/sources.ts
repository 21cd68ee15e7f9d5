const HEURISTICS = 'https://www.nngroup.com/articles/ten-usability-heuristics/';

export interface LintSource {
  name: string;
  url: string;
}

const nielsen = (number: number, title: string): LintSource => ({
  name: `Nielsen heuristic ${number}: ${title}`,
  url: HEURISTICS,
});
const wcag = (criterion: string, title: string, page: string): LintSource => ({
  name: `WCAG 2.2 SC ${criterion}: ${title}`,
  url: `https://www.w3.org/WAI/WCAG22/Understanding/${page}.html`,
});

type SourceName =
  | 'visibility'
  | 'realWorld'
  | 'control'
  | 'consistency'
  | 'recognition'
  | 'minimalism'
  | 'recovery'
  | 'nonTextContent'
  | 'timing'
  | 'pageTitled'
  | 'linkPurpose'
  | 'headingsAndLabels'
  | 'dragging'
  | 'changeOnRequest'
  | 'consistentIdentification'
  | 'errorIdentification'
  | 'errorPrevention'
  | 'redundantEntry'
  | 'authentication'
  | 'nameRoleValue'
  | 'confirmationPages'
  | 'checkAnswers'
  | 'emptyStates'
  | 'confirmationDialogs'
  | 'personas'
  | 'mixedContent'
  | 'flowcharts';

/** What the rules cite, each written once. */
export const SOURCES: Readonly<Record<SourceName, LintSource>> = {
  visibility: nielsen(1, 'Visibility of system status'),
  realWorld: nielsen(2, 'Match between the system and the real world'),
  control: nielsen(3, 'User control and freedom'),
  consistency: nielsen(4, 'Consistency and standards'),
  recognition: nielsen(6, 'Recognition rather than recall'),
  minimalism: nielsen(8, 'Aesthetic and minimalist design'),
  recovery: nielsen(9, 'Help users recognize, diagnose, and recover from errors'),
  nonTextContent: wcag('1.1.1', 'Non-text Content', 'non-text-content'),
  timing: wcag('2.2.1', 'Timing Adjustable', 'timing-adjustable'),
  pageTitled: wcag('2.4.2', 'Page Titled', 'page-titled'),
  linkPurpose: wcag('2.4.4', 'Link Purpose (In Context)', 'link-purpose-in-context'),
  headingsAndLabels: wcag('2.4.6', 'Headings and Labels', 'headings-and-labels'),
  dragging: wcag('2.5.7', 'Dragging Movements', 'dragging-movements'),
  changeOnRequest: wcag('3.2.5', 'Change on Request', 'change-on-request'),
  consistentIdentification: wcag('3.2.4', 'Consistent Identification', 'consistent-identification'),
  errorIdentification: wcag('3.3.1', 'Error Identification', 'error-identification'),
  errorPrevention: wcag(
    '3.3.4',
    'Error Prevention (Legal, Financial, Data)',
    'error-prevention-legal-financial-data',
  ),
  redundantEntry: wcag('3.3.7', 'Redundant Entry', 'redundant-entry'),
  authentication: wcag('3.3.8', 'Accessible Authentication (Minimum)', 'accessible-authentication-minimum'),
  nameRoleValue: wcag('4.1.2', 'Name, Role, Value', 'name-role-value'),
  confirmationPages: {
    name: 'GOV.UK Design System: Confirmation pages',
    url: 'https://design-system.service.gov.uk/patterns/confirmation-pages/',
  },
  checkAnswers: {
    name: 'GOV.UK Design System: Check answers; WCAG 2.2 SC 3.3.4: Error Prevention (Legal, Financial, Data)',
    url: 'https://design-system.service.gov.uk/patterns/check-answers/',
  },
  emptyStates: {
    name: 'Nielsen Norman Group: Designing Empty States in Complex Applications',
    url: 'https://www.nngroup.com/articles/empty-state-interface-design/',
  },
  confirmationDialogs: {
    name: 'Nielsen Norman Group: Confirmation Dialogs Can Prevent User Errors; WCAG 2.2 SC 3.3.4',
    url: 'https://www.nngroup.com/articles/confirmation-dialog/',
  },
  personas: {
    name: 'Nielsen Norman Group: Personas Make Users Memorable for Product Team Members',
    url: 'https://www.nngroup.com/articles/persona/',
  },
  mixedContent: { name: 'W3C: Mixed Content', url: 'https://www.w3.org/TR/mixed-content/' },
  flowcharts: {
    name: 'ISO 5807:1985, flowchart symbols and conventions',
    url: 'https://www.iso.org/standard/11955.html',
  },
};
