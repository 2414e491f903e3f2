using System.Text;

namespace Framelane.Api.Tests.Client;

/// <param name="V1">What the contract says that the signature is; it was computed apart from this code.</param>
public sealed record KnownAnswer(string Secret, long T, string Body, string V1)
{
    public byte[] Bytes => Encoding.UTF8.GetBytes(Body);

    public string Header => $"t={T},v1={V1}";

    public override string ToString() => $"{V1[..8]} at {T}";
}

/// <summary>The table of contract/webhooks.md, "Signature".</summary>
public static class KnownAnswers
{
    public const string Secret1 = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    public const string Secret2 = "whsec_ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";
    public const string StandardId = "evt_01J8QR2K5VKDGN2T4FBM3CZYX7";
    public const string StandardSignature = "v1,+0g+wqogD0KxECnwYon5iJSMU7Ko5oUqrCvyhNR4s0Q=";

    public static KnownAnswer First { get; } =
        new(Secret1, 1716278400, """{"type":"render.completed"}""", "7c0a58f4d5d1c8f9a57edbd385298f097b72cd731e9f907e7d6d10ee107d9ed7");

    /// <summary>The same body and time under another secret.</summary>
    public static KnownAnswer OtherSecret { get; } =
        new(Secret2, 1716278400, """{"type":"render.completed"}""", "0f0a2da60194042ddf45f3089fecec665193b37f6cca2868d4c99691a293abb5");

    public static KnownAnswer Unicode { get; } =
        new(Secret1, 1716278401, """{"name":"Zoë — 東京 🎬"}""", "1362160c7c2cb059a81ea754747e30363cba1a908e16dae0914135635fc30dd6");

    public static KnownAnswer Empty { get; } =
        new(Secret1, 1716278400, "", "359a99247cb88c6328b1b4fb9315e62eedf65e9199b6e3926561297c8232696c");

    public static KnownAnswer[] All { get; } = [First, OtherSecret, Unicode, Empty];

    /// <summary>Those that a delivery can have: it always has a body.</summary>
    public static KnownAnswer[] Deliverable { get; } = [First, OtherSecret, Unicode];
}
