using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Motions;
using static Framelane.Rendering.Tests.Motions.Stage;

namespace Framelane.Rendering.Tests.Motions;

/// <summary>What holds for each motion of the registry, seen in pixels.</summary>
public sealed class EveryMotionTests
{
    // Of a byte's 255, over a canvas of which the element is a seventh.
    const double Noise = 1.5;

    static readonly double[] Presences = [0.15, 0.4, 0.65];

    static IEnumerable<string> Names => MotionRegistry.All.Select(motion => motion.Name);

    static IEnumerable<string> ByCharacter => MotionRegistry.All.Where(motion => motion.Scopes.Contains(MotionScope.Character)).Select(motion => motion.Name);

    static IEnumerable<string> BothWays => MotionRegistry.All.Where(motion => motion.Directions == MotionDirections.Both).Select(motion => motion.Name);

    static IMotion Find(string name) => MotionRegistry.Find(name)!;

    [Test]
    public void Every_motion_of_the_contract_is_there_once() => Assert.That(Names, Is.EquivalentTo(
        """
        fade slide_up slide_down slide_left slide_right zoom_in zoom_out rotate_cw rotate_ccw bounce wipe_left wipe_right wipe_up wipe_down ken_burns_in
        ken_burns_out ken_burns_in_out loop_wiggle loop_rotate loop_rotate_smooth loop_3d_spin loop_3d_sway blur bounce_motion explode evaporate overlay
        difference rubber_in whip_up whip_down glitch_pop drift_in drift_out loop_breathe loop_shimmer swing_in swing_out elastic_rise elastic_drop tilt_zoom
        loop_orbit smooth_pop
        """.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)));

    // The contract's lists.
    [Test]
    public void Directions_and_scopes_are_the_contracts()
    {
        string[] exits = ["zoom_out", "evaporate", "whip_down", "drift_out", "swing_out", "elastic_drop"];
        string[] both = ["fade", "slide_up", "slide_down", "slide_left", "slide_right", "rotate_cw", "rotate_ccw", "bounce", "wipe_left", "wipe_right", "wipe_up", "wipe_down"];
        string[] characters =
        [
            "fade", "slide_up", "slide_down", "slide_left", "slide_right", "zoom_in", "bounce", "blur", "bounce_motion", "explode", "rubber_in", "whip_up", "glitch_pop", "drift_in",
            "loop_breathe", "loop_shimmer", "evaporate", "whip_down", "drift_out",
        ];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(MotionRegistry.All.Where(IsExit).Select(motion => motion.Name), Is.EquivalentTo(exits));
            Assert.That(BothWays, Is.EquivalentTo(both));
            Assert.That(ByCharacter, Is.EquivalentTo(characters));
        }
    }

    [TestCaseSource(nameof(Names))]
    public void At_rest_an_image_is_as_if_it_had_none(string name) => AtRest(name, Image(Motion(name)), Image());

    [TestCaseSource(nameof(Names))]
    public void At_rest_a_text_is_as_if_it_had_none(string name) => AtRest(name, Words(Motion(name)), Words());

    [TestCaseSource(nameof(ByCharacter))]
    public void At_rest_a_text_by_character_is_as_if_it_had_none(string name) => AtRest(name, Words(Motion(name) with { Scope = MotionScope.Character }), Words());

    static void AtRest(string name, SceneElement moving, SceneElement still)
    {
        // A zoom into the content ends close, and begins at rest.
        double[] times = Find(name) switch
        {
            { IsLoop: true } => [0.5, 1],
            var motion when IsExit(motion) || name == "ken_burns_in" => [0.5, 1],
            _ => [3, 4],
        };
        using (Assert.EnterMultipleScope())
        {
            foreach (var time in times)
            {
                using var drawn = Draw(moving, time);
                using var expected = Draw(still, time);
                Assert.That(Distance(drawn, expected), Is.Zero, $"{time}");
            }
        }
    }

    // Each reaches further than its box at rest, unscaled and unturned.
    static IEnumerable<VisualElement> Far =>
    [
        Image() with { XScale = Dimension.Percent(200) },
        Image() with { YScale = Dimension.Percent(-200) },
        Image() with { Width = Dimension.Number(220), Height = Dimension.Number(20), ZRotation = Dimension.Degrees(90) },
        Image() with { Width = Dimension.Number(200), YRotation = Dimension.Degrees(60), XRotation = Dimension.Degrees(30) },
    ];

    // Longer than its box.
    static TextElement Long => Words() with { Text = "Motion is more than its box", TextWrap = TextWrap.Nowrap, Width = Dimension.Number(60) };

    [TestCaseSource(typeof(MotionTests), nameof(MotionTests.Entrances))]
    public void However_far_it_reaches_nothing_of_it_is_seen_before_its_entrance(string name)
    {
        using var alone = Alone();
        using (Assert.EnterMultipleScope())
        {
            foreach (var (index, element) in Far.Append(Long).Index())
            {
                using var before = Draw(element with { Motion = [Motion(name)] }, 0.9);
                Assert.That(Distance(before, alone), Is.Zero, $"before, {index}");
            }

            // In its first frames next to nothing.
            foreach (var (index, element) in Far.Index())
            {
                using var begun = Draw(element with { Motion = [Motion(name)] }, 1.0001);
                Assert.That(Distance(begun, alone), Is.LessThan(0.5), $"begun, {index}");
            }
        }
    }

    [TestCaseSource(typeof(MotionTests), nameof(MotionTests.Exits))]
    public void However_far_it_reaches_nothing_of_it_is_seen_after_its_exit(string name)
    {
        using var alone = Alone();
        using (Assert.EnterMultipleScope())
        {
            foreach (var (index, element) in Far.Append(Long).Index())
            {
                using var after = Draw(element with { Motion = [Motion(name) with { Reversed = BothWays.Contains(name) ? true : null }] }, 3);
                Assert.That(Distance(after, alone), Is.Zero, $"{index}");
            }
        }
    }

    [TestCaseSource(nameof(ByCharacter))]
    public void By_character_is_unlike_as_a_whole(string name)
    {
        var farthest = Presences.Max(presence =>
        {
            using var whole = Draw(Words(Motion(name)), TimeOf(Find(name), presence));
            using var each = Draw(Words(Motion(name) with { Scope = MotionScope.Character }), TimeOf(Find(name), presence));
            return Distance(whole, each);
        });
        Assert.That(farthest, Is.GreaterThan(Noise));
    }

    [Test]
    public void Reversed_runs_backwards([ValueSource(nameof(BothWays))] string name, [Values] Easing easing, [Values(0.2, 0.5, 0.85)] double progress)
    {
        var presence = 1 - easing.Ease(progress);
        using var leaving = Draw(Image(Motion(name, easing) with { Reversed = true }), 1 + 2 * progress);
        using var coming = Draw(Image(Motion(name)), 1 + 2 * presence);
        using var still = Draw(Image(), 1);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Distance(leaving, coming), Is.LessThan(0.5));
            Assert.That(Distance(leaving, still), Is.GreaterThan(Noise));
        }
    }

    [TestCaseSource(nameof(Names))]
    public void A_delay_shifts_it(string name)
    {
        using var delayed = Draw(Image(Motion(name) with { Delay = 0.25 }), 2);
        using var plain = Draw(Image(Motion(name)), 1.75);
        using var undelayed = Draw(Image(Motion(name)), 2);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Distance(delayed, plain), Is.Zero);
            Assert.That(Distance(delayed, undelayed), Is.GreaterThan(0));
        }
    }

    [Test]
    public void Each_is_unlike_every_other_and_unlike_stillness()
    {
        using var still = Draw(Image(), 2);
        var looks = MotionRegistry.All.Select(motion => Presences.Select(presence => Draw(Image(Motion(motion.Name)), TimeOf(motion, presence))).ToArray()).ToArray();
        string[] names = [.. Names];
        using (Assert.EnterMultipleScope())
        {
            for (var one = 0; one < names.Length; one++)
            {
                Assert.That(looks[one].Max(look => Distance(look, still)), Is.GreaterThan(Noise), names[one]);
                for (var other = one + 1; other < names.Length; other++)
                {
                    // An exit is looked at backwards: these differ in their direction alone.
                    if ((names[one], names[other]) is not (("zoom_in", "zoom_out") or ("whip_up", "whip_down")))
                        Assert.That(looks[one].Zip(looks[other], Distance).Max(), Is.GreaterThan(Noise), $"{names[one]}, {names[other]}");
                }
            }
        }

        foreach (var look in looks.SelectMany(each => each))
            look.Dispose();
    }

    [TestCase("explode")]
    [TestCase("evaporate")]
    [TestCase("glitch_pop")]
    public void Chance_is_the_elements_own(string name)
    {
        using var one = Draw(Image(Motion(name)), 1.75);
        using var again = Draw(Image(Motion(name)), 1.75);
        using var words = Draw(Words(Motion(name)), 1.75);
        using var others = Draw(Words(Motion(name)) with { Id = "others" }, 1.75);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Distance(one, again), Is.Zero);
            Assert.That(Distance(words, others), Is.Positive);
        }
    }
}
