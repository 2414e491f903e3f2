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
        faults.Positive($"{at}.{nameof(element.AspectRatio)}", element.AspectRatio);
        faults.Range($"{at}.{nameof(element.Opacity)}", element.Opacity, 0, 100);
        faults.NotNegative($"{at}.{nameof(element.BorderRadius)}", element.BorderRadius);
        faults.NotNegative($"{at}.{nameof(element.BorderWidth)}", element.BorderWidth);
        faults.NotNegative($"{at}.{nameof(element.ShadowBlur)}", element.ShadowBlur);
        faults.Color($"{at}.{nameof(element.ColorOverlay)}", element.ColorOverlay);
        faults.Color($"{at}.{nameof(element.BorderColor)}", element.BorderColor);
        faults.Color($"{at}.{nameof(element.ShadowColor)}", element.ShadowColor);
        foreach (var (motion, index) in (element.Motion ?? []).Select((motion, index) => (motion, index)))
        {
            if (motion is not null)
                CheckMotion(motion, $"{at}.{nameof(element.Motion)}[{index}]", element is TextElement);
        }

        if (element is PictureElement picture)
            Check(picture, at);
    }

    public void CheckEffects(IReadOnlyList<SceneEffect>? effects, string at)
    {
        foreach (var (effect, index) in (effects ?? []).Select((effect, index) => (effect, index)))
        {
            if (effect is null)
                continue;
            var place = $"{at}.Effects[{index}]";
            faults.Known($"{place}.{nameof(effect.Type)}", effect.Type, faults.Catalogue.Effects, "an effect");
            faults.Range($"{place}.{nameof(effect.Intensity)}", effect.Intensity, 0, 100);
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
        foreach (var (name, value, min, max) in Ranges(picture))
            faults.Range($"{at}.{name}", value, min, max);
        if (picture.CropTop + picture.CropBottom >= 1)
            faults.Add($"{at}.{nameof(picture.CropBottom)}", "out_of_range", "crop_top and crop_bottom sum to less than 1.", picture.CropBottom);
        if (picture.CropLeft + picture.CropRight >= 1)
            faults.Add($"{at}.{nameof(picture.CropRight)}", "out_of_range", "crop_left and crop_right sum to less than 1.", picture.CropRight);
        CheckEffects(picture.Effects, at);
    }

    static IEnumerable<(string Name, double Value, double Min, double Max)> Ranges(PictureElement picture) =>
    [
        (nameof(picture.CropTop), picture.CropTop, 0, 1), (nameof(picture.CropBottom), picture.CropBottom, 0, 1),
        (nameof(picture.CropLeft), picture.CropLeft, 0, 1), (nameof(picture.CropRight), picture.CropRight, 0, 1),
        (nameof(picture.Brightness), picture.Brightness, -100, 100), (nameof(picture.Contrast), picture.Contrast, -100, 100),
        (nameof(picture.Saturation), picture.Saturation, -100, 100), (nameof(picture.Exposure), picture.Exposure, -100, 100),
        (nameof(picture.Sharpness), picture.Sharpness, 0, 100), (nameof(picture.Blur), picture.Blur, 0, 100),
        (nameof(picture.Noise), picture.Noise, 0, 100), (nameof(picture.Vignette), picture.Vignette, 0, 100),
        (nameof(picture.HueRotate), picture.HueRotate, -180, 180), (nameof(picture.LutIntensity), picture.LutIntensity, 0, 100),
    ];

    void Check(ChromaSettings chroma, string at)
    {
        faults.Range($"{at}.{nameof(chroma.HueMin)}", chroma.HueMin, 0, 360);
        faults.Range($"{at}.{nameof(chroma.HueMax)}", chroma.HueMax, 0, 360);
        foreach (var (name, value) in new[]
        {
            (nameof(chroma.SatMin), chroma.SatMin), (nameof(chroma.SatMax), chroma.SatMax),
            (nameof(chroma.LumMin), chroma.LumMin), (nameof(chroma.LumMax), chroma.LumMax),
        })
            faults.Range($"{at}.{name}", value, 0, 1);
        if (chroma.SatMax < chroma.SatMin)
            faults.Add($"{at}.{nameof(chroma.SatMax)}", "out_of_range", "sat_max is not below sat_min.", chroma.SatMax);
        if (chroma.LumMax < chroma.LumMin)
            faults.Add($"{at}.{nameof(chroma.LumMax)}", "out_of_range", "lum_max is not below lum_min.", chroma.LumMax);
    }

    void CheckMotion(ElementMotion motion, string at, bool isText)
    {
        faults.NotNegative($"{at}.{nameof(motion.Time)}", motion.Time);
        faults.Positive($"{at}.{nameof(motion.Duration)}", motion.Duration);
        faults.NotNegative($"{at}.{nameof(motion.Delay)}", motion.Delay);
        if (faults.Known($"{at}.{nameof(motion.Type)}", motion.Type, faults.Catalogue.Motions, "a motion") is not { } known)
            return;
        if (motion.Reversed is { } reversed && !Goes(known, reversed))
            faults.Add($"{at}.{nameof(motion.Reversed)}", "motion_direction", $"'{motion.Type}' is only {string.Join(", ", Directions(known))}.", reversed);
        if (motion.Scope == MotionScope.Character && !(isText && Scopes(known).Contains("character")))
            faults.Add($"{at}.{nameof(motion.Scope)}", "motion_scope", isText ? $"'{motion.Type}' moves whole elements alone." : "Only texts have characters.", "character");
    }

    static bool Goes(Capability motion, bool reversed) =>
        reversed ? Directions(motion).Contains("exit") : Directions(motion).Any(direction => direction != "exit");

    static IReadOnlyList<string> Directions(Capability motion) => motion.Parameters["direction"].Enum!;

    static IReadOnlyList<string> Scopes(Capability motion) => motion.Parameters["scope"].Enum!;
}
