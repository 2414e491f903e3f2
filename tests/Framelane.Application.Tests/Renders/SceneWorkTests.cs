using FluentValidation;
using FluentValidation.Internal;
using FluentValidation.Results;
using Framelane.Application.Assets;
using Framelane.Application.Capabilities;
using Framelane.Application.Common;
using Framelane.Application.Jobs;
using Framelane.Application.Renders.Create;
using Framelane.Application.Renders.Scenes;
using Framelane.Application.Webhooks;
using Microsoft.Extensions.Options;

namespace Framelane.Application.Tests.Renders;

/// <summary>How much work it is to find out what is wrong with a scene: no more than it may hold is looked at, and that once.</summary>
public sealed class SceneWorkTests
{
    /// <summary>This installation has no renderer.</summary>
    const string NotBuilt = "not_supported";

    readonly Application app = new();

    static IEnumerable<TestCaseData> TooLong()
    {
        yield return Case("elements", new() { Elements = Times(5, Empty) }, "Elements too_long, Elements[0].Text too_short, Elements[1].Text too_short, Elements[2].Text too_short");
        yield return Case(
            "elements with those of compositions", new() { Elements = [new CompositionElement { Elements = Times(4, Empty) }] },
            "Elements[0].Elements too_long, Elements[0].Elements[0].Text too_short, Elements[0].Elements[1].Text too_short");
        yield return Case(
            "transitions", new() { Transitions = Times(3, new SceneTransition { Type = "none", Duration = 1, FromId = null!, ToId = null! }) },
            "Transitions too_long, Transitions[0].Type enum, Transitions[1].Type enum");
        yield return Case(
            "effects", new() { Elements = [new CompositionElement { Effects = Times(SceneLimits.Effects + 9, new SceneEffect { Type = "sepia", Intensity = -1 }) }] },
            "Elements[0].Effects too_long", Places("Elements[0].Effects", SceneLimits.Effects, "Intensity out_of_range"));
        yield return Case(
            "motions", new() { Elements = [new TextElement { Text = "a", Duration = 1, Motion = Times(SceneLimits.Motions + 9, new ElementMotion { Type = "fade", Duration = 0 }) }] },
            "Elements[0].Motion too_long", Places("Elements[0].Motion", SceneLimits.Motions, "Duration out_of_range"));
        yield return Case(
            "words", new() { Elements = [new TextElement { Text = "a", Duration = 1, WordAnimation = new() { Style = WordAnimationStyle.Glow, Words = Times(9, new CaptionWord { Text = "a", Start = 1, End = 1 }) } }] },
            "Elements[0].WordAnimation.Words too_long", Places("Elements[0].WordAnimation.Words", 4, "End out_of_range"));
        yield return Case(
            "metadata", new() { Metadata = Enumerable.Range(0, 5).ToDictionary(i => $"{i}", _ => new string('v', 501)) },
            "Metadata too_long, Metadata[\"0\"] too_long, Metadata[\"1\"] too_long");
    }

    static TextElement Empty => new() { Text = "", Duration = 1 };

    [TestCaseSource(nameof(TooLong))]
    public void What_is_beyond_what_a_scene_may_hold_is_not_looked_at(CreateRenderRequest scene, string faults)
    {
        (app.Limits.Elements, app.Limits.Transitions, app.Limits.TextLength, app.Limits.MetadataEntries) = (3, 2, 4, 2);
        Assert.That(string.Join(", ", Check(scene).Where(fault => fault.ErrorCode != NotBuilt).Select(fault => $"{fault.PropertyName} {fault.ErrorCode}")), Is.EqualTo(faults));
    }

    [Test]
    public void No_more_is_found_than_is_told_and_no_name_is_compared_for_the_rest()
    {
        var catalogue = app.Get<CapabilityCatalogue>();
        var effects = new CountingList<Capability>(catalogue.Effects);
        var unknown = Times(SceneLimits.Effects, new SceneEffect { Type = new('x', 64) });
        var faults = Check(new() { Elements = Times(30, new CompositionElement { Effects = unknown }) }, catalogue with { Effects = effects });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(faults, Has.Count.EqualTo(ValidationError.MaxFaults));
            Assert.That(faults[^1].PropertyName, Is.EqualTo("Elements[19].Effects[28].Type"));
            Assert.That(effects.Reads, Is.AtMost(2 * ValidationError.MaxFaults));
        }
    }

    [Test]
    public void Transitions_look_for_their_elements_all_together()
    {
        var within = new CountingList<SceneElement>([new TextElement { Text = "a", Duration = 1 }]);
        var elements = new CountingList<SceneElement>([new TextElement { Id = "a", Text = "a", Duration = 2 }, new CompositionElement { Id = "b", Elements = within }]);
        var faults = Check(new() { Elements = elements, Transitions = Times(100, new SceneTransition { Type = "fade", Duration = 1, FromId = "a", ToId = "b" }) });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(faults.Count(fault => fault.ErrorCode == "transition_window"), Is.EqualTo(100));
            Assert.That((int[])[elements.Reads, within.Reads], Is.All.AtMost(5));
        }
    }

    [Test]
    public async Task Nothing_is_looked_up_for_a_scene_that_holds_too_much()
    {
        app.Limits.Elements = 2;
        var text = new TextElement { Text = "a", Duration = 1, FontFamily = "Grotesk" };
        var context = new ValidationContext<CreateRenderRequest>(
            new() { Elements = [text, new CompositionElement { Elements = [text] }] }, new PropertyChain(), new RulesetValidatorSelector([WebhookRules.NetworkRuleSet]));
        context.RootContextData[WebhookRules.LookupPartition] = app.Actor.WorkspaceId.Value;
        Assert.That((await Validator(app.Get<CapabilityCatalogue>()).ValidateAsync(context)).Errors, Is.Empty);
    }

    List<ValidationFailure> Check(CreateRenderRequest scene, CapabilityCatalogue? catalogue = null) => [.. Validator(catalogue ?? app.Get<CapabilityCatalogue>()).Validate(scene).Errors];

    CreateRenderValidator Validator(CapabilityCatalogue catalogue) =>
        new(app.Urls.Object, app.Get<SourceUrlRules>(), catalogue, app.Get<IOptions<FramelaneLimits>>(), app.Get<JobSources>());

    static T[] Times<T>(int count, T each) => [.. Enumerable.Repeat(each, count)];

    static string Places(string list, int count, string fault) => string.Join(", ", Enumerable.Range(0, count).Select(index => $"{list}[{index}].{fault}"));

    static TestCaseData Case(string name, CreateRenderRequest scene, params string[] faults) => new TestCaseData(scene, string.Join(", ", faults)).SetArgDisplayNames(name);
}
