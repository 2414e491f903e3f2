using Framelane.Application.Capabilities;
using Framelane.Application.Renders.Scenes;

namespace Framelane.Application.Renders.Create;

/// <summary>Place, style, colour, effects and motion.</summary>
sealed class LookRules(SceneFaults faults)
{
    public void Check(VisualElement element, string at)
    {
        foreach (var (name, length) in Lengths(element))
            CheckUnit($"{at}.{name}", length, isAngle: false);
        foreach (var (name, angle) in Angles(element))
            CheckUnit($"{at}.{name}", angle, isAngle: true);
        foreach (var (name, size) in new[] { (nameof(element.Width), element.Width), (nameof(element.Height), element.Height) })
            faults.Positive($"{at}.{name}", size?.Value);
        faults.Color($"{at}.{nameof(element.ColorOverlay)}", element.ColorOverlay);
        faults.Color($"{at}.{nameof(element.BorderColor)}", element.BorderColor);
        faults.Color($"{at}.{nameof(element.ShadowColor)}", element.ShadowColor);
        foreach (var (motion, place) in faults.Entries(element.Motion, $"{at}.{nameof(element.Motion)}", SceneLimits.Motions))
            CheckMotion(motion, place, element is TextElement);
        if (element is PictureElement picture)
            Check(picture, at);
    }

    public void CheckEffects(IReadOnlyList<SceneEffect>? effects, string at)
    {
        foreach (var (effect, place) in faults.Entries(effects, $"{at}.Effects", SceneLimits.Effects))
        {
            faults.Ranges(effect, place);
            faults.Known($"{place}.{nameof(effect.Type)}", effect.Type, faults.Catalogue.Effects, "an effect");
            if (effect.ChromaSettings is { } chroma)
                Check(chroma, $"{place}.{nameof(effect.ChromaSettings)}");
        }
    }

    static IEnumerable<(string Name, Dimension? Value)> Lengths(VisualElement element) =>
    [
        (nameof(element.X), element.X), (nameof(element.Y), element.Y), (nameof(element.Width), element.Width), (nameof(element.Height), element.Height),
        (nameof(element.XAnchor), element.XAnchor), (nameof(element.YAnchor), element.YAnchor),
        (nameof(element.XScale), element.XScale), (nameof(element.YScale), element.YScale),
    ];

    static IEnumerable<(string Name, Dimension Value)> Angles(VisualElement element) =>
        [(nameof(element.XRotation), element.XRotation), (nameof(element.YRotation), element.YRotation), (nameof(element.ZRotation), element.ZRotation)];

    void CheckUnit(string place, Dimension? dimension, bool isAngle)
    {
        if (dimension is not { Unit: not DimensionUnit.Number } given || given.Unit is DimensionUnit.Degrees or DimensionUnit.Radians == isAngle)
            return;
        faults.Add(place, "invalid", isAngle ? "Must be an angle, such as \"90°\"." : "Must be a number, or a percentage such as \"50%\".", given.ToString());
    }

    void Check(PictureElement picture, string at)
    {
        faults.Url($"{at}.{nameof(picture.SourceUrl)}", picture.SourceUrl);
        faults.Url($"{at}.{nameof(picture.LutUrl)}", picture.LutUrl);
        if (picture.CropTop + picture.CropBottom >= 1)
            faults.Add($"{at}.{nameof(picture.CropBottom)}", "out_of_range", "crop_top and crop_bottom sum to less than 1.", picture.CropBottom);
        if (picture.CropLeft + picture.CropRight >= 1)
            faults.Add($"{at}.{nameof(picture.CropRight)}", "out_of_range", "crop_left and crop_right sum to less than 1.", picture.CropRight);
        CheckEffects(picture.Effects, at);
    }

    void Check(ChromaSettings chroma, string at)
    {
        faults.Ranges(chroma, at);
        if (chroma.SatMax < chroma.SatMin)
            faults.Add($"{at}.{nameof(chroma.SatMax)}", "out_of_range", "sat_max is not below sat_min.", chroma.SatMax);
        if (chroma.LumMax < chroma.LumMin)
            faults.Add($"{at}.{nameof(chroma.LumMax)}", "out_of_range", "lum_max is not below lum_min.", chroma.LumMax);
    }

    void CheckMotion(ElementMotion motion, string at, bool isText)
    {
        faults.Ranges(motion, at);
        if (faults.Known($"{at}.{nameof(motion.Type)}", motion.Type, faults.Catalogue.Motions, "a motion") is not { } known)
            return;
        var isByCharacter = motion.Scope == MotionScope.Character && isText && known.Parameters.ContainsKey(SceneCapabilities.CharacterDirection);
        var directions = known.Parameters[isByCharacter ? SceneCapabilities.CharacterDirection : SceneCapabilities.Direction].Enum!;
        if (motion.Reversed is { } reversed && !directions.Any(direction => direction == "exit" == reversed))
            faults.Add($"{at}.{nameof(motion.Reversed)}", "motion_direction", $"'{motion.Type}' is only {string.Join(", ", directions)}.", reversed);
        if (motion.Scope == MotionScope.Character && !isByCharacter)
            faults.Add($"{at}.{nameof(motion.Scope)}", "motion_scope", isText ? $"'{motion.Type}' moves whole elements alone." : "Only texts have characters.", "character");
    }
}
