import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
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
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
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
    about.put(
        "options",
        List.of("input_null", "input_utf16", "base_url_forms", "repeat", "second_client", "cancel_after_ms"));
    about.put(
        "without",
        Map.of(
            "headers", "Pinecone.Builder has no method for headers",
            "input_json", "an id is a String: another type does not compile"));
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
    JsonObject client = request.getAsJsonObject("client");
    AtomicReference<Map<String, Object>> seen = new AtomicReference<>(unsettled(client));
    Thread worker = new Thread(() -> seen.set(outcomes(request)));
    worker.setDaemon(true);
    worker.start();
    // An interrupt is how a Java caller cancels a call that blocks.
    if (client.has("cancel_after_ms")) {
      worker.join(client.get("cancel_after_ms").getAsLong());
      worker.interrupt();
    }
    worker.join(Math.max(1, request.get("deadline_ms").getAsLong() - (System.nanoTime() - began) / 1_000_000));
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

  static Map<String, Object> unsettled(JsonObject client) {
    Map<String, Object> outcome = Map.of("outcome", "unsettled");
    return client.has("repeat") || client.has("second_client") ? with(outcome, outcome) : outcome;
  }

  /** The outcome of the call that the line is about, and that of the other beside it. */
  static Map<String, Object> outcomes(JsonObject request) {
    JsonObject client = request.getAsJsonObject("client");
    if (client.has("second_client")) {
      JsonObject other = request.deepCopy();
      JsonObject second = client.getAsJsonObject("second_client");
      for (String name : second.keySet()) other.add(name, second.get(name));
      FutureTask<Map<String, Object>> task = new FutureTask<>(() -> call(opened(other), other));
      new Thread(task).start();
      Map<String, Object> first = call(opened(request), request);
      try {
        return with(first, task.get());
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
    Callable<Pinecone> one = opened(request);
    Map<String, Object> first = call(one, request);
    return client.has("repeat") ? with(call(one, request), first) : first;
  }

  static Map<String, Object> with(Map<String, Object> outcome, Map<String, Object> other) {
    Map<String, Object> both = new LinkedHashMap<>(outcome);
    both.put("also", List.of(other));
    return both;
  }

  /** The client, made when it is first asked for, and kept. */
  static Callable<Pinecone> opened(JsonObject request) {
    AtomicReference<Pinecone> made = new AtomicReference<>();
    return () -> {
      if (made.get() == null) {
        made.set(
            new Pinecone.Builder(request.get("api_key").getAsString())
                .withHost(request.get("base_url").getAsString())
                .build());
      }
      return made.get();
    };
  }

  static Map<String, Object> call(Callable<Pinecone> client, JsonObject request) {
    try {
      client.call().deleteBackup(text(request.getAsJsonObject("input")));
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
    JsonObject value = input.getAsJsonObject("backup_id");
    if (value.has("json")) return null;
    if (value.has("b64")) {
      return new String(Base64.getDecoder().decode(value.get("b64").getAsString()), StandardCharsets.UTF_8);
    }
    StringBuilder units = new StringBuilder();
    for (JsonElement unit : value.getAsJsonArray("utf16")) units.append((char) unit.getAsInt());
    return units.toString();
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
