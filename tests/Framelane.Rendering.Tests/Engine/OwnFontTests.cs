using Framelane.Application.Abstractions;
using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Engine;
using Framelane.Rendering.Media;
using Framelane.Rendering.Tests.Media;
using Framelane.Rendering.Tests.Text;

namespace Framelane.Rendering.Tests.Engine;

/// <summary>Whole renders of texts in fonts that their order brings.</summary>
public sealed class OwnFontTests
{
    readonly Workbench bench = new();

    [TearDown]
    public void Clean() => bench.Dispose();

    [TestCase("ttf")]
    [TestCase("woff")]
    [TestCase("woff2")]
    [TestCase("ttc")]
    public async Task A_text_is_set_in_a_font_of_the_order_however_it_is_packed(string format)
    {
        var font = FontFiles.Renamed(FontFiles.Serif, "Own");
        byte[] file = format switch { "woff" => FontFiles.Woff(font), "woff2" => FontFiles.Woff2(font), "ttc" => FontFiles.Collection(FontFiles.Renamed(FontFiles.Bold, "Other"), font), _ => font };
        var drawn = await RenderAsync("Own", file);
        Assert.That(drawn, Is.EqualTo(await RenderAsync("DejaVu Serif")).And.Not.EqualTo(await RenderAsync("Inter")));
    }

    [Test]
    public async Task A_font_that_calls_itself_the_default_draws_no_watermark()
    {
        var blank = FontFiles.Renamed(FontFiles.Serif, "Inter");
        var plain = await RenderAsync("DejaVu Sans", watermark: "Framelane");
        Assert.That(await RenderAsync("DejaVu Sans", blank, "Framelane"), Is.EqualTo(plain));
        Assert.That(await RenderAsync("DejaVu Sans"), Is.Not.EqualTo(plain));
    }

    [Test]
    public void A_font_that_is_damaged_fails_the_render() =>
        Assert.That(() => RenderAsync("Own", FontFiles.Renamed(FontFiles.Serif, "Own")[..20_000]), Throws.TypeOf<MediaException>().With.Property("Code").EqualTo("invalid_source"));

    /// <returns>A digest of its pixels.</returns>
    async Task<string> RenderAsync(string family, byte[]? font = null, string? watermark = null)
    {
        var scene = new CreateRenderRequest
        {
            Width = 320,
            Height = 120,
            OutputFormat = OutputFormat.Png,
            Elements = [new TextElement { Text = "Ragged", Duration = 1, FontFamily = family, FontSize = 60 }],
        };
        var folder = bench.Folder.CreateSubdirectory(Guid.NewGuid().ToString("N")).FullName;
        var order = new RenderOrder(scene, new Dictionary<string, string>(), folder, watermark, new(TimeSpan.FromHours(2), 1L << 30, 1L << 30));
        if (font is not null)
            await File.WriteAllBytesAsync(Path.Combine(folder, "font"), font);
        var output = await new RenderEngine(bench.Tool, new MediaProbe(bench.Tool)).RenderAsync(
            order with { Fonts = font is null ? [] : [Path.Combine(folder, "font")] }, new Progress<RenderProgress>(), CancellationToken.None);
        bench.Make("pixels.raw", $"-i {output.Path} -f rawvideo -pix_fmt rgba");
        return Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(bench["pixels.raw"])));
    }
}
