using Framelane.Rendering.Text;

namespace Framelane.Rendering.Tests.Text;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class FontLibraryTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("fonts").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [TestCase(100, false, 100, false)]
    [TestCase(400, false, 400, false)]
    [TestCase(640, true, 600, true)]
    [TestCase(900, true, 900, true)]
    public void The_nearest_weight_and_style_of_a_family_is_found(int weight, bool isItalic, int found, bool foundItalic)
    {
        var font = FontLibrary.Installed.Find("Inter", weight, isItalic)!;
        Assert.That(
            (font.Loaded.Face.Family, font.Loaded.Weight, font.Loaded.Face.IsItalic, font.IsEmboldened, font.IsSlanted),
            Is.EqualTo(("Inter", found, foundItalic, false, false)));
    }

    [Test]
    public void What_a_family_lacks_is_made_up()
    {
        var font = FontLibrary.Installed.Find("Noto Sans Cherokee", 900, isItalic: true)!;
        var only = FontLibrary.Installed.Find("Noto Sans Gothic", 700, isItalic: true)!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((font.Loaded.Weight, font.IsEmboldened, font.IsSlanted), Is.EqualTo((700, false, true)));
            Assert.That((only.Loaded.Weight, only.IsEmboldened, only.IsSlanted), Is.EqualTo((400, true, true)));
        }
    }

    [Test]
    public void Collections_have_all_their_families() =>
        Assert.That(FontLibrary.Installed.Families, Is.SupersetOf(new[] { "Inter", "Inter Display", "Noto Sans", "Noto Color Emoji", "Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Serif CJK KR" }));

    [Test]
    public void Files_besides_go_before_installed_fonts_of_their_family_and_the_first_of_two_alike_does()
    {
        var (own, again) = (Copy("/usr/share/fonts/truetype/noto/NotoSans-Bold.ttf"), Written("again.ttf", File.ReadAllBytes("/usr/share/fonts/truetype/noto/NotoSans-Bold.ttf")));
        var here = FontLibrary.Installed.With([own, again]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(here.Find("Noto Sans", 400, false)!.Loaded.Face.Path, Is.EqualTo(own));
            Assert.That(here.Families, Is.EqualTo(FontLibrary.Installed.Families));
            Assert.That(here.Styles("Noto Sans"), Is.EqualTo((700, 700, false)));
            Assert.That(here.Styles("Inter"), Is.EqualTo((100, 900, true)));
            Assert.That(FontLibrary.Installed.Find("Noto Sans", 400, false)!.Loaded.Face.Path, Does.StartWith("/usr/"));
            Assert.That(FontLibrary.Of([folder, "/no/such/folder"]).Styles("Inter"), Is.EqualTo((100, 900, true)));
        }
    }

    [Test]
    public void Weight_and_style_choose_among_files_besides()
    {
        var here = FontLibrary.Installed.With([.. new[] { FontFiles.Regular, FontFiles.Bold, FontFiles.Italic }.Select((path, index) => Written($"{index}.ttf", FontFiles.Renamed(path, "Own")))]);
        Assert.That(
            new[] { here.Find("Own", 300, false), here.Find("Own", 800, false), here.Find("Own", 400, true) }.Select(font => Path.GetFileName(font!.Loaded.Face.Path)),
            Is.EqualTo(new[] { "0.ttf", "1.ttf", "2.ttf" }));
    }

    [Test]
    public void Files_besides_never_stand_in_for_the_default_family_nor_lend_signs_to_other_fonts()
    {
        var here = FontLibrary.Installed.With([Written("a.ttf", FontFiles.Renamed(FontFiles.Serif, "Inter")), Written("b.ttf", FontFiles.Renamed(FontFiles.Serif, "Noto Sans"))]);
        var fallback = new FontFallback(here, "Inter", 400, isItalic: false, "text");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fallback.Primary.Loaded.Face.Path, Does.StartWith("/usr/"));
            Assert.That(fallback.Of("ऄ", HarfBuzzSharp.Script.Devanagari, null).Loaded.Face.Path, Does.StartWith("/usr/"));
            Assert.That(here.FindInstalled("Noto Sans", 400, false)!.Loaded.Face.Path, Does.StartWith("/usr/"));
        }
    }

    [Test]
    public void Files_besides_are_closed_with_their_library_and_installed_fonts_are_not()
    {
        var here = FontLibrary.Installed.With([Written("own.ttf", FontFiles.Renamed(FontFiles.Serif, "Own"))]);
        var (own, inter) = (here.Find("Own", 400, false)!.Loaded, here.Find("Inter", 400, false)!.Loaded);
        here.CloseOwn();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((own.Typeface.Handle, own.Shaper.Handle), Is.EqualTo((IntPtr.Zero, IntPtr.Zero)));
            Assert.That((inter.Typeface.Handle, inter.Shaper.Handle), Is.Not.EqualTo((IntPtr.Zero, IntPtr.Zero)));
            Assert.That(FontLibrary.Installed.CloseOwn, Throws.InvalidOperationException);
        }
    }

    [Test]
    public void What_is_no_font_has_no_family()
    {
        var sound = Copy("/usr/share/fonts/opentype/inter/Inter-Bold.otf");
        var bytes = File.ReadAllBytes(sound);
        var random = new Random(7);
        var files = new List<string> { Written("empty.ttf", []), Written("text.ttf", "no font"u8.ToArray()), Written("cut.otf", bytes[..300]) };
        for (var round = 0; round < 50; round++)
        {
            var broken = bytes.ToArray();
            random.NextBytes(broken.AsSpan(random.Next(0, 300), 8));
            files.Add(Written($"{round}.otf", broken));
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(files.Take(3).SelectMany(FontFileReader.Read), Is.Empty);
            Assert.That(() => files.SelectMany(FontFileReader.Read).ToArray(), Throws.Nothing);
        }
    }

    [Test]
    public void Fonts_are_opened_by_many_threads_at_once()
    {
        var library = FontLibrary.Of([]);
        var fonts = new TextFont?[32];
        Parallel.For(0, fonts.Length, index => fonts[index] = library.Find("Noto Sans Arabic", 400, false));
        Assert.That(fonts.Select(font => font!.Loaded).Distinct().Count(), Is.EqualTo(1));
    }

    string Copy(string path) => Written(Path.GetFileName(path), File.ReadAllBytes(path));

    string Written(string name, byte[] bytes)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
