using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Media;

namespace Framelane.Rendering.Tests.Media;

public sealed class ThreadsTests
{
    [Test]
    public void An_encoder_is_given_fewer_the_larger_its_pictures_are(
        [Values(1, 2, 16, 64)] int processors, [Values(OutputFormat.Mp4, OutputFormat.Mov, OutputFormat.Webm, OutputFormat.Gif)] OutputFormat container)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Of(1280, 720), Is.EqualTo(Math.Min(processors, 72)));
            Assert.That(Of(1080, 1920), Is.EqualTo(Math.Min(processors, 32)));
            Assert.That(Of(3840, 2160), Is.EqualTo(Math.Min(processors, 8)));
            Assert.That(Of(7680, 4320), Is.EqualTo(Math.Min(processors, 2)));
            Assert.That(Of(CreateRenderRequest.MaxSide, CreateRenderRequest.MaxSide), Is.EqualTo(1));
        }

        int Of(int width, int height)
        {
            var arguments = EncodeArguments.Of(new(container, width, height, new(25)), "/a", [], processors).ToArray();
            return int.Parse(arguments[Array.LastIndexOf(arguments, "-threads") + 1]);
        }
    }

    [TestCase(1, 1)]
    [TestCase(2, 1)]
    [TestCase(6, 3)]
    [TestCase(64, 4)]
    public void A_decoder_is_given_half_of_the_processors_and_not_more_than_four(int processors, int threads) =>
        Assert.That(SourceArguments.ThreadsOn(processors), Is.EqualTo(threads));

    [Test]
    public void What_a_gif_is_made_of_is_decoded_by_no_more() =>
        Assert.That(new[] { EncodeArguments.Palette("/a", "/b"), EncodeArguments.Gif("/a", "/b", "/c") }, Is.All.SupersetOf(SourceArguments.Threads));

    [TestCase(OutputFormat.Mp4)]
    [TestCase(OutputFormat.Gif)]
    public async Task A_large_clip_fits_into_the_memory_that_a_program_may_take_whatever_the_machine(OutputFormat container)
    {
        using var bench = new Workbench { Tool = new(new() { Processors = 64 }) };
        using var picture = new PixelBuffer(7680, 4320);
        await using var writer = await VideoWriter.OpenAsync(bench.Tool, new(container, picture.Width, picture.Height, new(25), Quality: RenderQuality.Draft), bench["a.gif"]);
        for (var count = 0; count < 3; count++)
            await writer.WriteAsync(picture, default);
        Assert.That(await writer.FinishAsync(default));
    }
}
