"""Hotel information notices under the Anti-social Behaviour, Crime and Policing Act 2014, sections 116 to 118.

A police inspector who reasonably believes that a hotel is used for the sexual exploitation of children gives its owner,
operator or manager a notice of at most six months. While it lasts a constable may require, each time in writing, who
stayed there. Here stand the notice, on whom it was served, each requirement and whether it was met; never what a
hotel answers, since that is about guests. A notice is an action by the power S116, and known to whoever knows that
action. Start reading at rules.py.
"""
