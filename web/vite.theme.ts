/** Every control is at least 44 px high, and text in fields 16 px: smaller makes phones zoom. */
const control = 'min-h-11 text-base md:text-base';
const field = { slots: { base: control }, defaultVariants: { size: 'xl' } } as const;

const solidHover = {
  primary: 'hover:bg-primary/90 active:bg-primary/90',
  success: 'hover:bg-success/90 active:bg-success/90',
  warning: 'hover:bg-warning/90 active:bg-warning/90',
  error: 'hover:bg-error/90 active:bg-error/90',
} as const;
const colors = ['primary', 'success', 'warning', 'error'] as const;

/** How this app's components differ from the library's own look; colours are in src/styles/tokens.css. */
export const componentTheme = {
  colors: {
    primary: 'petrol',
    secondary: 'petrol',
    success: 'emerald',
    info: 'sky',
    warning: 'amber',
    error: 'red',
    neutral: 'slate',
  },
  button: {
    slots: { base: 'min-h-11 min-w-11 justify-center' },
    defaultVariants: { size: 'lg' },
    compoundVariants: [
      { size: 'lg', class: { base: 'px-4 text-base' } },
      { size: 'lg', square: true, class: { base: 'px-2.5' } },
      // The library's own hover takes a quarter of the colour, and the contrast with it.
      ...colors.map((color) => ({ color, variant: 'solid', class: { base: solidHover[color] } })),
    ],
  },
  input: field,
  textarea: { slots: { base: 'text-base md:text-base' }, defaultVariants: { size: 'xl' } },
  select: field,
  selectMenu: field,
  inputMenu: { ...field, slots: { ...field.slots, trailing: 'min-w-11 justify-center px-0' } },
  // The label is what a finger hits.
  checkbox: { slots: { root: 'items-center', label: 'flex min-h-11 items-center' }, defaultVariants: { size: 'lg' } },
  switch: { defaultVariants: { size: 'lg' } },
  radioGroup: { defaultVariants: { size: 'lg' } },
  formField: { slots: { label: 'text-sm' }, defaultVariants: { size: 'xl' } },
  dropdownMenu: { slots: { item: 'min-h-11 items-center' }, defaultVariants: { size: 'lg' } },
  card: { slots: { root: 'rounded-xl shadow-xs' } },
  modal: { slots: { close: 'top-2 end-2', footer: 'justify-end' } },
} as const;
