/** Name and version of an enrolment's layout. */
export const ENROLMENT_SCHEMA = "emofuse.enrolment/1";

/** What is known of one modality of a person. */
export interface EnrolledModality {
  /** Number of recordings, or windows of long ones, that it is the mean of. */
  readonly clips: number;
  /** Mean of the normalised features, in deviations of the training set, to three digits. */
  readonly mean: readonly number[];
}

/**
 * What is known of one person from recordings without labels: JSON, which holds neither sound nor picture. It is of
 * use to the bundle that made it alone.
 */
export interface Enrolment {
  /** Name and version of this layout. */
  readonly schema: typeof ENROLMENT_SCHEMA;
  /** SHA-256 that the bundle states of itself. */
  readonly bundle: string;
  /** The voice. */
  readonly audio?: EnrolledModality;
  /** The face. */
  readonly video?: EnrolledModality;
}
