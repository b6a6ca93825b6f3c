import { WeightsError } from "../../models/weights_error.ts";
import { CorpusError } from "../../src/corpus/corpus_error.ts";
import { LeakError } from "../../src/split/leak_error.ts";
import { ProtocolError } from "../../src/split/protocol_error.ts";
import { LandmarksError } from "../../src/vision/landmarks/landmarks_error.ts";
import { NativeDecoderError } from "../../src/media/native_decoder.ts";
import { BackendError } from "../../src/nn/backend.ts";
import { FitError } from "../../src/numeric/fit_error.ts";
import { ClassError } from "../../src/pipeline/samples/classes.ts";
import { TableError } from "../../src/pipeline/tables/table_error.ts";
import { RecipeError } from "../../src/pipeline/recipes/recipe_error.ts";
import { GroupError } from "../../src/pipeline/samples/group_error.ts";
import { RunLockError } from "../../src/pipeline/run/run_lock.ts";
import { StoreError } from "../../src/pipeline/store/store_error.ts";
import { BundleError } from "../../src/recognize/bundle/bundle_error.ts";
import { PlanError } from "../../src/plan/plan_error.ts";
import { ReportError } from "../../src/report/report_error.ts";

/** Errors that say what is wrong with the input; any other is a defect and keeps its stack. */
export const EXPECTED_ERRORS = [
  BackendError,
  BundleError,
  ClassError,
  CorpusError,
  FitError,
  GroupError,
  LeakError,
  LandmarksError,
  NativeDecoderError,
  PlanError,
  ProtocolError,
  RecipeError,
  ReportError,
  RunLockError,
  StoreError,
  TableError,
  WeightsError,
];
