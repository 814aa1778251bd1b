import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import io.pinecone.clients.Pinecone;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.openapitools.db_control.client.ApiException;

/** Driver for the Java SDK (protocol 1.1): one JSON line out for each that comes in. It reports; the harness judges. */
public class Driver {
  static final Gson GSON = new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

  static final PrintStream RESULTS = System.out;

  public static void main(String[] args) throws Exception {
    // Whatever the SDK prints to the standard output goes to the standard error: only result lines may stand there.
    System.setOut(System.err);
    String mode = args.length == 1 ? args[0] : "";
    if (mode.equals("--describe")) {
      write(description());
      Runtime.getRuntime().halt(0);
    }
    boolean serves = mode.equals("--serve");
    if (serves) write(Map.of("v", 1.1, "ready", true));
    BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    do {
      String line = input.readLine();
      if (line == null && serves) break;
      write(perform(line));
    } while (serves);
    // Not left to the last thread: OkHttp keeps threads that hold the process for a minute.
    Runtime.getRuntime().halt(0);
  }

  static Map<String, Object> description() {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("protocol", List.of(1, 1.1));
    about.put("driver", "pinecone-java");
    about.put("language", "java");
    about.put("runtime", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
    about.put("sdk", sdk());
    about.put("operations", List.of("delete_backup"));
    about.put("options", List.of());
    about.put("exposes", List.of("status", "message", "body"));
    return about;
  }

  static Map<String, Object> perform(String line) throws InterruptedException {
    JsonObject request = read(line);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("v", 1);
    result.put("case", request.get("case").getAsString());
    result.put("nonce", request.get("nonce").getAsString());
    result.put("sdk", sdk());
    if (request.get("v").getAsInt() != 1 || !request.get("operation").getAsString().equals("delete_backup")) {
      result.put("outcome", "unsupported");
      result.put("elapsed_ms", 0);
      return result;
    }
    long began = System.nanoTime();
    AtomicReference<Map<String, Object>> seen = new AtomicReference<>(Map.of("outcome", "unsettled"));
    Thread worker = new Thread(() -> seen.set(call(request)));
    worker.setDaemon(true);
    worker.start();
    worker.join(request.get("deadline_ms").getAsLong());
    result.putAll(seen.get());
    result.put("elapsed_ms", (System.nanoTime() - began) / 1_000_000);
    return result;
  }

  static JsonObject read(String line) {
    try {
      JsonObject request = GSON.fromJson(line, JsonObject.class);
      if (request.get("base_url").getAsString().isEmpty()) throw new IllegalArgumentException("base_url is empty");
      return request;
    } catch (RuntimeException e) {
      System.err.println("not a request line: " + e);
      System.err.flush();
      Runtime.getRuntime().halt(64);
      throw e;
    }
  }

  static Map<String, Object> call(JsonObject request) {
    try {
      Pinecone client =
          new Pinecone.Builder(request.get("api_key").getAsString())
              .withHost(request.get("base_url").getAsString())
              .build();
      client.deleteBackup(text(request.getAsJsonObject("input")));
      Map<String, Object> returned = new LinkedHashMap<>();
      returned.put("type", "void");
      returned.put("json", null);
      return Map.of("outcome", "returned", "returned", returned);
    } catch (Throwable thrown) {
      return Map.of("outcome", "raised", "raised", raised(thrown));
    }
  }

  static String text(JsonObject input) {
    if (input.get("backup_id").isJsonPrimitive()) return input.get("backup_id").getAsString();
    String encoded = input.getAsJsonObject("backup_id").get("b64").getAsString();
    return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
  }

  static Map<String, Object> raised(Throwable thrown) {
    Map<String, Object> report = new LinkedHashMap<>();
    List<String> lineage = new ArrayList<>();
    for (Class<?> type = thrown.getClass(); type != Object.class; type = type.getSuperclass()) lineage.add(type.getName());
    report.put("class", thrown.getClass().getName());
    report.put("lineage", lineage);
    report.put("display", String.valueOf(thrown));
    report.put("message", exposed(thrown.getMessage(), "getMessage()"));
    report.put("code", exposed(null, null));
    if (thrown instanceof ApiException) {
      ApiException error = (ApiException) thrown;
      report.put("status", exposed(error.getCode(), "getCode()"));
      report.put("body", exposed(error.getResponseBody(), "getResponseBody()"));
    } else {
      report.put("status", exposed(null, null));
      report.put("body", exposed(null, null));
    }
    List<Map<String, Object>> causes = new ArrayList<>();
    for (Throwable at = thrown.getCause(); at != null && causes.size() < 8; at = at.getCause()) {
      causes.add(Map.of("class", at.getClass().getName(), "message", String.valueOf(at.getMessage())));
    }
    report.put("cause", causes);
    return report;
  }

  static Map<String, Object> exposed(Object value, String via) {
    Map<String, Object> pair = new LinkedHashMap<>();
    pair.put("value", value);
    pair.put("via", via);
    return pair;
  }

  static Map<String, Object> sdk() {
    String version = Pinecone.class.getPackage().getImplementationVersion();
    return Map.of(
        "name", "io.pinecone:pinecone-client",
        "version", version == null ? "unknown" : version,
        "source", "Implementation-Version of the jar");
  }

  static void write(Map<String, Object> line) {
    byte[] bytes = (GSON.toJson(line) + "\n").getBytes(StandardCharsets.UTF_8);
    System.err.flush();
    RESULTS.write(bytes, 0, bytes.length);
    RESULTS.flush();
  }
}
