namespace Framelane.Rendering.Tests.Text;

/// <summary>Texts ask ICU by itself, and nothing of the runtime that depends on whether that has ICU too, or on a language of the machine.</summary>
public sealed class CultureTests
{
    [Test]
    public void A_process_that_knows_cultures_draws_every_script_to_the_byte()
    {
        var (there, drawn) = new Elsewhere("LANG=tr_TR.UTF-8 LC_ALL=tr_TR.UTF-8") { KnowsCultures = true }.Draw(nameof(Writings));
        (string Name, byte[] Bytes)[] here = [.. Writings.Draw()];
        Assert.That(Elsewhere.Here, Does.EndWith("culture: ''"));
        Assert.That(there, Does.EndWith("culture: 'tr-TR'"));
        Assert.That(drawn.Select(text => text.Name), Is.EqualTo(here.Select(text => text.Name)));
        using (Assert.EnterMultipleScope())
        {
            foreach (var ((name, bytes), (_, other)) in here.Zip(drawn))
                Assert.That(bytes.AsSpan().SequenceEqual(other), name);
            Assert.That(here.Select(text => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(text.Bytes))), Is.Unique, "each draws something of its own");
        }
    }

    [Test]
    public void A_machine_whose_ICU_cannot_be_opened_says_so_and_goes_on()
    {
        var empty = Path.GetTempFileName();
        try
        {
            string[] libraries =
            [
                .. Directory.EnumerateDirectories("/usr/lib", "*-linux-gnu").SelectMany(folder => Directory.EnumerateFiles(folder, "libicu*.so.*"))
                    .Where(file => new FileInfo(file).LinkTarget is null),
            ];
            Assume.That(libraries, Is.Not.Empty);
            var hidden = new Elsewhere("", ["bwrap", "--dev-bind", "/", "/", .. libraries.SelectMany(file => new[] { "--ro-bind", empty, file })]);
            Assert.That(System.Text.Encoding.UTF8.GetString(hidden.Draw(nameof(DependencyInjection.TextFault)).Drawn.Single().Bytes), Is.EqualTo("Texts cannot be set: ICU is not installed."));
        }
        finally
        {
            File.Delete(empty);
        }
    }
}
