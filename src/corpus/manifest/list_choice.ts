/** What holds what in a list that has other words for it, or several that fit. */
export interface ListChoice {
  /**
   * Tables of an audformat folder, separated by commas.
   *
   * @default {those with a label}
   */
  readonly table?: string;
  /**
   * The column of the label.
   *
   * @default {label; in an audformat folder that of the scheme emotion}
   */
  readonly label?: string;
  /**
   * The column of the speaker.
   *
   * @default {speaker; in an audformat folder that of the scheme speaker}
   */
  readonly speaker?: string;
}
