using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Framelane.Client;

namespace Framelane.Api.Tests.Client;

/// <summary>The client's scenes are on the wire what the API reads.</summary>
public sealed class SceneTests
{
    /// <summary>As the generated client is set up.</summary>
    static readonly JsonSerializerOptions Settings = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    static readonly Uri Source = new("https://example.com/a.mp4");

    [Test]
    public void Every_kind_of_element_is_written_with_its_type()
    {
        SceneElement[] elements =
        [
            new VideoElement { SourceUrl = Source }, new AudioElement { SourceUrl = Source }, new ImageElement { SourceUrl = Source, Duration = 1 },
            new TextElement { Text = "a", Duration = 1 }, new CompositionElement(),
        ];

        var written = JsonSerializer.SerializeToNode(new CreateRenderRequest { Elements = elements }, Settings)!["elements"]!.AsArray();

        Assert.That(written.Select(element => (string?)element!["type"]), Is.EqualTo(new[] { "video", "audio", "image", "text", "composition" }));
        Assert.That(elements.Select(element => element.GetType()), Is.EquivalentTo(
            typeof(SceneElement).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(SceneElement)))));
    }

    [Test]
    public void Dimensions_are_numbers_or_texts_with_their_unit()
    {
        SceneElement element = new TextElement { Text = "a", Duration = 1, X = 12.5, Y = "50%", ZRotation = "90°" };

        var written = JsonSerializer.SerializeToNode(element, Settings)!;
        var read = (TextElement)written.Deserialize<SceneElement>(Settings)!;

        Assert.That(written["x"]!.GetValueKind(), Is.EqualTo(JsonValueKind.Number));
        Assert.That(((double)written["x"]!, (string?)written["y"], (string?)written["z_rotation"], written["width"]), Is.EqualTo((12.5, "50%", "90°", (JsonNode?)null)));
        Assert.That((read.X, read.Y, read.ZRotation), Is.EqualTo(((Dimension?)12.5, (Dimension?)"50%", (Dimension?)"90°")));
    }
}
