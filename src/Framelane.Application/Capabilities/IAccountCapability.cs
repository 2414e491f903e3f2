namespace Framelane.Application.Capabilities;

/// <summary>An entry of the section <c>accounts</c>: whoever can be configured for accounts, or not, registers one.</summary>
public interface IAccountCapability
{
    Capability Describe();
}
