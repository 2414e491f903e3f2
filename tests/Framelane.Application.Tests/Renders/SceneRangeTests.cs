using FluentValidation;
using Framelane.Application.Abstractions;
using Framelane.Application.Assets;
using Framelane.Application.Capabilities;
using Framelane.Application.Common;
using Framelane.Application.Plans;
using Framelane.Application.Renders.Create;
using Framelane.Application.Renders.Scenes;
using Microsoft.Extensions.Options;
using Moq;

namespace Framelane.Application.Tests.Renders;

/// <summary>Every number of a scene that has a range is held to it, wherever it stands, and none is forgotten.</summary>
public sealed class SceneRangeTests
{
    /// <summary>How a part gets into a scene, and under which place its fields then are.</summary>
    static readonly Dictionary<Type, (string At, Func<object, CreateRenderRequest> Place)> Parts = new()
    {
        [typeof(CreateRenderRequest)] = ("", part => (CreateRenderRequest)part),
        [typeof(VideoElement)] = ("Elements[0].", part => Of((SceneElement)part)),
        [typeof(AudioElement)] = ("Elements[0].", part => Of((SceneElement)part)),
        [typeof(ImageElement)] = ("Elements[0].", part => Of((SceneElement)part)),
        [typeof(TextElement)] = ("Elements[0].", part => Of((SceneElement)part)),
        [typeof(CompositionElement)] = ("Elements[0].", part => Of((SceneElement)part)),
        [typeof(ElementMotion)] = ("Elements[0].Motion[0].", part => Of(Image() with { Motion = [(ElementMotion)part] })),
        [typeof(SceneEffect)] = ("Elements[0].Effects[0].", part => Of(Image() with { Effects = [(SceneEffect)part] })),
        [typeof(ChromaSettings)] = ("Elements[0].Effects[0].ChromaSettings.", part => Of(Image() with { Effects = [new() { Type = "invert", ChromaSettings = (ChromaSettings)part }] })),
        [typeof(CaptionWord)] = ("Elements[0].WordAnimation.Words[0].", part => Of(Text() with { WordAnimation = new() { Style = WordAnimationStyle.Glow, Words = [(CaptionWord)part] } })),
        [typeof(SceneTransition)] = ("Transitions[0].", part => new() { Elements = [Image()], Transitions = [(SceneTransition)part] }),
    };

    static IEnumerable<TestCaseData> Ranges => Parts.Keys.SelectMany(part => SceneRanges.Of(part).SelectMany(range =>
        Outside(range).Select(value => new TestCaseData(part, range.Property.Name, value).SetArgDisplayNames(part.Name, range.Property.Name, FormattableString.Invariant($"{value}")))));

    [TestCaseSource(nameof(Ranges))]
    public void A_number_outside_of_its_range_is_refused_at_its_place(Type part, string property, double value)
    {
        var faults = Validate(part, property, value);

        Assert.That(faults, Does.Contain(Parts[part].At + property));
    }

    [TestCaseSource(nameof(Ranges))]
    public void A_number_within_its_range_is_not(Type part, string property, double outside)
    {
        var range = SceneRanges.Of(part).Single(each => each.Property.Name == property);
        var inside = outside > range.Max ? range.Max : range.IsAbove ? range.Min + Step(range) : range.Min;

        Assert.That(Validate(part, property, inside), Does.Not.Contain(Parts[part].At + property));
    }

    [Test]
    public void Every_part_of_a_scene_that_has_ranges_is_tried()
    {
        var parts = typeof(CreateRenderRequest).Assembly.GetExportedTypes()
            .Where(type => type.Namespace == typeof(CreateRenderRequest).Namespace && type is { IsClass: true, IsAbstract: false } && SceneRanges.Of(type).Count > 0);

        Assert.That(Parts.Keys, Is.EquivalentTo(parts));
    }

    static IEnumerable<double> Outside(SceneRange range)
    {
        yield return range.IsAbove ? range.Min : range.Min - Step(range);
        if (range.HasMax)
            yield return range.Max + Step(range);
    }

    static double Step(SceneRange range) => range.Property.PropertyType == typeof(int) || range.Property.PropertyType == typeof(int?) ? 1 : 0.001;

    static string[] Validate(Type part, string property, double value)
    {
        var made = Make(part);
        var target = part.GetProperty(property)!;
        target.SetValue(made, Convert.ChangeType(value, Nullable.GetUnderlyingType(target.PropertyType) ?? target.PropertyType, null));
        var urls = Mock.Of<IWebhookUrlPolicy>();
        var own = Mock.Of<IPublicUrls>(port => port.Of(It.IsAny<string>()) == new Uri("https://api.example.com/files/"));
        var (catalogue, addresses) = (Catalogue(), new SourceUrls(own));
        var validator = new CreateRenderValidator(
            urls, new(urls, addresses), catalogue, Options.Create(new FramelaneLimits()), new(addresses, Mock.Of<IAssetRepository>(), catalogue, TimeProvider.System));

        // What a number has to do with another is not its range.
        return [
            .. ((IValidator)validator).Validate(new ValidationContext<CreateRenderRequest>(Parts[part].Place(made))).Errors
                .Where(fault => fault.ErrorMessage.StartsWith("Must ", StringComparison.Ordinal))
                .Select(fault => fault.PropertyName),
        ];
    }

    static object Make(Type part) =>
        part == typeof(ImageElement) ? Image()
        : part == typeof(TextElement) ? Text()
        : part == typeof(ElementMotion) ? new ElementMotion { Type = "fade", Duration = 1 }
        : part == typeof(CaptionWord) ? new CaptionWord { Text = "word", Start = 0, End = 1000 }
        : part == typeof(SceneTransition) ? new SceneTransition { Type = "fade", Duration = 1, FromId = "image", ToId = "other" }
        : part == typeof(SceneEffect) ? new SceneEffect { Type = "invert" }
        : Activator.CreateInstance(part)!;

    static CreateRenderRequest Of(SceneElement element) => new() { Elements = [element] };

    static ImageElement Image() => new() { Id = "image", SourceUrl = "https://example.com/image.png", Duration = 1 };

    static TextElement Text() => new() { Text = "text", Duration = 1 };

    static CapabilityCatalogue Catalogue() => new CapabilityComposer(
        RenderingCapabilities.None, Options.Create(new FramelaneLimits()), Options.Create(new PlanOptions()), Options.Create(new RateLimitOptions()), []).Compose();
}
