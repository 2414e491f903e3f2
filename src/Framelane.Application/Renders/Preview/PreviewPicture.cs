namespace Framelane.Application.Renders.Preview;

/// <param name="Png">The file.</param>
/// <param name="SceneDuration">Seconds that the scene lasts.</param>
/// <param name="Warnings">What was not as it was asked for, a sentence each.</param>
public sealed record PreviewPicture(byte[] Png, double SceneDuration, IReadOnlyList<string> Warnings);
