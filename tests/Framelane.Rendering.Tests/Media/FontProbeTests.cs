using Framelane.Application.Abstractions;
using Framelane.Rendering.Media;

namespace Framelane.Rendering.Tests.Media;

public sealed class FontProbeTests
{
    const string Inter = "/usr/share/fonts/opentype/inter/Inter-Bold.otf", Noto = "/usr/share/fonts/truetype/noto/NotoSansArabic-Regular.ttf";

    readonly Workbench bench = new();

    [TearDown]
    public void Clean() => bench.Dispose();

    [TestCase(Inter, "font/otf")]
    [TestCase(Noto, "font/ttf")]
    public async Task A_font_is_told_by_its_content(string path, string type) =>
        Assert.That((await ProbeAsync(await File.ReadAllBytesAsync(path)))!.Name, Is.EqualTo(type));

    [TestCase("GIF89a and so on")]
    [TestCase("OTTO")]
    public async Task What_does_not_begin_as_a_font_is_none(string content) =>
        Assert.That(await ProbeAsync(System.Text.Encoding.ASCII.GetBytes(content)), Is.Null);

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

    Task<Domain.Assets.MediaType?> ProbeAsync(byte[] content) => new FontProbe(bench.Tool).ProbeAsync(bench.Write("font", content), CancellationToken.None);
}
