// EPUBCheck over every book of a folder, in one JVM; prints TAP.
//   java -cp epubcheck.jar:lib/* EpubCheckBatch.java FOLDER
// A book passes if there is nothing to report: no fatal, error, warning or
// info, and of usage messages at most those of ALLOWED.
import com.adobe.epubcheck.api.EPUBLocation;
import com.adobe.epubcheck.api.EpubCheck;
import com.adobe.epubcheck.api.MasterReport;
import com.adobe.epubcheck.messages.Message;
import com.adobe.epubcheck.messages.Severity;
import com.adobe.epubcheck.util.FeatureEnum;
import com.adobe.epubcheck.util.ReportingLevel;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

public class EpubCheckBatch {
    // CSS-028: a style sheet uses @font-face.
    static final Set<String> ALLOWED = Set.of("CSS-028");

    static class Report extends MasterReport {
        final StringBuilder text = new StringBuilder();

        Report(String file) {
            setReportingLevel(ReportingLevel.Usage);
            setEpubFileName(file);
        }

        @Override
        public void message(Message m, EPUBLocation at, Object... args) {
            String id = String.valueOf(m.getID());
            if (m.getSeverity() == Severity.SUPPRESSED
                || m.getSeverity() == Severity.USAGE && ALLOWED.contains(id))
                return;
            text.append(String.format("%s %s %s:%d:%d: %s%n", m.getSeverity(),
                id, at.getPath(), at.getLine(), at.getColumn(),
                m.getMessage(args)));
        }

        @Override
        public void info(String resource, FeatureEnum feature, String value) {
        }

        @Override
        public int generate() {
            return 0;
        }

        @Override
        public void initialize() {
        }
    }

    static String check(Path book) {
        Report report = new Report(book.toString());
        try {
            new EpubCheck(book.toFile(), report).doValidate();
        } catch (Throwable t) {
            report.text.append("EPUBCheck itself failed: ").append(t);
        }
        return report.text.toString();
    }

    static List<Path> booksIn(Path folder) throws Exception {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(p -> p.toString().endsWith(".epub")).sorted()
                .toList();
        }
    }

    public static void main(String[] args) throws Exception {
        Locale.setDefault(Locale.ENGLISH);
        PrintStream out = new PrintStream(System.out, false,
            StandardCharsets.UTF_8);
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        Path folder = Path.of(args[0]);
        List<Path> books = booksIn(folder);
        var pool = Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors());
        List<Future<String>> results = new ArrayList<>();
        for (Path book : books)
            results.add(pool.submit(() -> check(book)));
        boolean bad = false;
        for (int i = 0; i < books.size(); i++) {
            String text = results.get(i).get();
            bad |= !text.isEmpty();
            out.printf("%s - %s%n%s", text.isEmpty() ? "ok" : "not ok",
                folder.relativize(books.get(i)), text);
        }
        if (books.isEmpty())
            out.println("ok - EPUBCheck # SKIP no book was made");
        pool.shutdown();
        out.flush();
        System.exit(bad ? 1 : 0);
    }
}
