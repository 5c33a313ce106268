import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Gives every test a sandbox of its own: the whole demo organisation, which nobody else changes. */
final class Sandbox implements BeforeEachCallback, AfterEachCallback {
    private static final String HUBSIM = System.getenv("HUBSIM_URL"); // set by `hubsim exec`
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final HttpClient client = HttpClient.newHttpClient();
    private String name;

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        name = "junit-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
        // The token alone creates the sandbox; the clock stands, so that every run is the same.
        call("PUT", "/_sim/v1/clock", "{\"mode\":\"frozen\"}");
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        call("DELETE", "/_sim/v1/sandboxes/" + name, "");
    }

    /** Calls hubsim as a full administrator, and complains of what is refused. */
    String call(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(HUBSIM + path))
                .header("Authorization", "Bearer full-admin." + name)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new AssertionError(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }
}
