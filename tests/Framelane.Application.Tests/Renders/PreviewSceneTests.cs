using Framelane.Application.Renders.Preview;
using Framelane.Application.Renders.Scenes;

namespace Framelane.Application.Tests.Renders;

public sealed class PreviewSceneTests
{
    [TestCase(OutputFormat.Mp4, false, "#ff000080", "#800000")]
    [TestCase(OutputFormat.Webm, false, "#00000000", "#000000")]
    [TestCase(OutputFormat.Jpg, false, "#0a141e", "#0a141e")]
    [TestCase(OutputFormat.Webm, true, "#ff000080", "#ff000080")]
    [TestCase(OutputFormat.Png, false, "#ff000080", "#ff000080")]
    public void A_picture_is_transparent_only_where_the_output_is(OutputFormat format, bool alpha, string background, string seen)
    {
        var scene = new CreateRenderRequest { OutputFormat = format, Alpha = alpha, BackgroundColor = background };
        Assert.That(PreviewScenes.Picture(scene, new(PreviewType.Frame, At: null, Columns: 1, Rows: 1, MaxWidth: null)).BackgroundColor, Is.EqualTo(seen));
    }
}
