namespace Framelane.Application.Signups;

/// <summary>Section <c>Framelane:Signup</c>.</summary>
public sealed class SignupOptions
{
    public const string Section = "Framelane:Signup";

    /// <summary>Whether whoever reaches the API may sign up. Where not, workspaces are made by operators and by the identity provider alone.</summary>
    public bool Enabled { get; set; } = true;
}
