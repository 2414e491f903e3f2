using Framelane.Application.Abstractions;
using Framelane.Domain.Assets;
using Framelane.Rendering.Media;
using Framelane.Rendering.Tests.Text;

namespace Framelane.Rendering.Tests.Media;

public sealed class FontProbeTests
{
    const string Inter = "/usr/share/fonts/opentype/inter/Inter-Bold.otf", Noto = "/usr/share/fonts/truetype/noto/NotoSansArabic-Regular.ttf";

    readonly Workbench bench = new();

    [TearDown]
    public void Clean() => bench.Dispose();

    [TestCase(Inter, "font/otf")]
    [TestCase(Noto, "font/ttf")]
    [TestCase(FontFiles.Ideographs, "font/otf")]
    public async Task A_font_is_told_by_its_content(string path, string type) =>
        Assert.That((await ProbeAsync(await File.ReadAllBytesAsync(path)))!.Type.Name, Is.EqualTo(type));

    [TestCase("font/woff")]
    [TestCase("font/woff2")]
    [TestCase("font/ttf")]
    public async Task It_says_which_family_it_is_of_however_it_is_packed(string type)
    {
        var plain = FontFiles.Renamed(FontFiles.Bold, "Müller Grotesk");
        var found = await ProbeAsync(type switch { "font/woff" => FontFiles.Woff(plain), "font/woff2" => FontFiles.Woff2(plain), _ => plain });
        Assert.That((found!.Type.Name, found.Faces.Single()), Is.EqualTo((type, new AssetFont("Müller Grotesk", 700, 700, 5, IsItalic: false))));
        Assert.That(bench.Folder.EnumerateFiles().Select(file => file.Name), Is.EqualTo(new[] { "font" }));
    }

    [Test]
    public async Task A_collection_says_it_of_all_its_faces()
    {
        var found = await ProbeAsync(FontFiles.Collection(FontFiles.Renamed(FontFiles.Regular, "One"), FontFiles.Renamed(FontFiles.Italic, "Two")));
        Assert.That(found!.Type.Name, Is.EqualTo("font/ttf"));
        Assert.That(found.Faces, Is.EqualTo(new AssetFont[] { new("One", 400, 400, 5, false), new("Two", 400, 400, 5, true) }));
    }

    [TestCase("   ")]
    [TestCase("line\nbreak")]
    public void One_of_no_family_that_a_text_could_name_is_refused(string family) => AssertRefused(FontFiles.Renamed(FontFiles.Regular, family));

    [Test]
    public void One_with_a_longer_name_than_is_kept_is_refused() => AssertRefused(FontFiles.Renamed(FontFiles.Regular, new('x', AssetFont.MaxFamilyLength + 1)));

    [TestCase("GIF89a and so on")]
    [TestCase("OTTO")]
    public async Task What_does_not_begin_as_a_font_is_none(string content) =>
        Assert.That(await ProbeAsync(System.Text.Encoding.ASCII.GetBytes(content)), Is.Null);

    [TestCase("ttcf\0\u0001\0\0\0\0\0\u0001")]
    [TestCase("ttcf\0\u0001\0\0\0\0\0\u0001\0\0\0\0")]
    [TestCase("ttcf\0\u0001\0\0\0\0\0\u0001\0\0\0\u0010wOFF")]
    [TestCase("ttcf\0\u0001\0\0\0\0\0\u0001\0\0\u0001\0OTTO")]
    public void A_collection_without_a_face_is_refused(string content) => AssertRefused(System.Text.Encoding.Latin1.GetBytes(content));

    [Test]
    public async Task One_that_was_cut_off_is_refused() => AssertRefused((await File.ReadAllBytesAsync(Noto))[..^1000]);

    [Test]
    public async Task One_whose_tables_hold_nonsense_is_refused()
    {
        var font = await File.ReadAllBytesAsync(Noto);
        Array.Clear(font, 12 + (16 * font[5]), font.Length - 12 - (16 * font[5]));
        AssertRefused(font);
    }

    [Test]
    public void One_that_is_longer_or_shorter_than_it_says_is_refused() => AssertRefused([.. "wOF2"u8, 0, 1, 0, 0, 0, 0, 0, 99, .. new byte[100]]);

    void AssertRefused(byte[] font) => Assert.That(() => ProbeAsync(font), Throws.TypeOf<MediaException>().With.Property("Code").EqualTo("invalid_source"));

    Task<FontFacts?> ProbeAsync(byte[] content) => new FontProbe(bench.Tool).ProbeAsync(bench.Write("font", content), CancellationToken.None);
}
