/** What a driver may see of the environment: where programs and toolchains are, and nothing else. */
export function driverEnvironment(
  from: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  return { ...picked(from, (name) => forDrivers.includes(name)), LANG: 'C.UTF-8' };
}

/** What an installer may see: also how to reach its registry. No key of ours is among it. */
export function installerEnvironment(
  from: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  return picked(
    from,
    (name) => forDrivers.includes(name) || forInstallers.test(name.toUpperCase()) || certificates.includes(name),
  );
}

const forDrivers = ['PATH', 'JAVA_HOME', 'DOTNET_ROOT', 'TMPDIR', 'SystemRoot', 'PATHEXT'];
const certificates = ['SSL_CERT_FILE', 'SSL_CERT_DIR', 'NODE_EXTRA_CA_CERTS', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE'];
const forInstallers =
  /^(HOME|USER|LANG|LC_ALL|USERPROFILE|APPDATA|LOCALAPPDATA|HTTPS?_PROXY|ALL_PROXY|NO_PROXY|PIP_.*|NPM_CONFIG_.*|GO(PATH|PROXY|SUMDB|NOSUMDB|PRIVATE|FLAGS|CACHE|MODCACHE|TOOLCHAIN|ROOT)|MAVEN_.*|M2_HOME|NUGET_.*|DOTNET_.*)$/;

function picked(
  from: Readonly<Record<string, string | undefined>>,
  wanted: (name: string) => boolean,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(from).filter((pair): pair is [string, string] => pair[1] !== undefined && wanted(pair[0])),
  );
}
