import { PythonPackages } from "../python_packages.ts";

/** What validates manifests by the schemas of Kubernetes, which it brings along. */
export const KUBERNETES_VALIDATE = new PythonPackages("kubernetes-validate==1.37.0");

/** The version of Kubernetes whose schemas are asked: the oldest in which all that the manifests use is there by default. */
const KUBERNETES = "1.30";

/** What is wrong with a file of manifests; nothing if it is right. Fields that Kubernetes has not are wrong. */
export async function validate(file: string): Promise<string> {
  const program = await KUBERNETES_VALIDATE.program("kubernetes-validate");
  const { success, stdout, stderr } = await new Deno.Command(program, {
    args: ["--strict", "--quiet", "-k", KUBERNETES, file],
    stdin: "null",
  }).output();
  return success ? "" : new TextDecoder().decode(new Uint8Array([...stdout, ...stderr]));
}
