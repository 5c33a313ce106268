import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Moves somebody from the old subscription to the new one, rightly and wrongly. */
class MoveTest {
    private static final String EDIT =
            "/_hub/v1/organizations/me/users/joaquin.thornfield@quillhaven.example/licenses";
    private static final String OLD = "Webex Calling VAR Professional [Sub119911]";
    private static final String NEW = "Webex Calling VAR Professional [Sub121331]";

    @RegisterExtension
    final Sandbox sandbox = new Sandbox();

    @Test
    void oneSaveKeepsEverything() throws Exception {
        String outcome = save(change(OLD, "remove") + "," + change(NEW, "add"));
        assertTrue(outcome.contains("\"action\":\"swapped\""), outcome);
        assertTrue(outcome.contains("\"lost\":[]"), outcome);
    }

    @Test
    void twoSavesLoseEverything() throws Exception {
        String outcome = save(change(OLD, "remove"));
        assertTrue(outcome.contains("\"action\":\"removed\""), outcome);
        assertTrue(outcome.contains("\"family\":\"voicemailPasscode\""), outcome);
    }

    /** One save of the dialog Edit licences. */
    private String save(String changes) throws Exception {
        return sandbox.call("PATCH", EDIT, "{\"licenses\":[" + changes + "]}");
    }

    private static String change(String license, String operation) {
        return "{\"id\":\"" + license + "\",\"operation\":\"" + operation + "\"}";
    }
}
